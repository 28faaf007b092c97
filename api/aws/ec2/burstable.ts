import type { Context } from "../../core/model/launch-type.ts";
import type { InstanceType } from "../../core/model/price-book.ts";

/** Launches in standard mode unless told otherwise: slowed down to its baseline once its credits are spent, and never charged for more. */
export function isStandardByDefault(instanceType: string): boolean {
  return instanceType.startsWith("t2.");
}

/** A burstable type of that name; null: it is none. */
export function burstableNamed(instanceType: string, { book }: Context): InstanceType | null {
  return book.instanceTypes.find(({ name, burstable }) => burstable && name === instanceType) ?? null;
}

/** Use of each vCPU, in percent, that its price covers; 0 where not known, since then no part is known to be covered. */
export function baselinePercent({ name }: InstanceType, { book }: Context): number {
  return book.limits.get(`ec2/burstable-baseline-percent/${name}`)?.value.toNumber() ?? 0;
}
