import { billedSeconds } from "../../core/model/billed-seconds.ts";
import { fraction } from "../../core/model/fraction.ts";
import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { InstanceLife } from "../../core/model/placement.ts";
import type { Usage } from "../../core/model/usage.ts";

export function onDemandSku(instanceType: string): string {
  return `ec2/linux/${instanceType}`;
}

export function spotSku(instanceType: string): string {
  return `ec2-spot/linux/${instanceType}`;
}

/** Seconds in `running`, at least 60 at every start. Source: EC2 user guide 2023-06, ec2-on-demand-instances.md. */
export function meterInstances(
  life: InstanceLife,
  how: { skuOf: (instanceType: string) => string; label: string; context: Context },
): Usage[] {
  const seconds = billedSeconds(life, limitOf(how.context.book, "ec2/minimum-seconds")) * BigInt(life.count);
  return [
    {
      sku: how.skuOf(life.instanceType),
      service: null,
      description: `${life.instanceType}, Linux, ${how.label}`,
      quantity: fraction(seconds),
      unit: "instance-second",
      startSeconds: life.startSeconds,
      endSeconds: life.endSeconds,
    },
  ];
}
