import type { Context } from "../../core/model/launch-type.ts";
import type { HostType, InstanceLife } from "../../core/model/placement.ts";
import type { Usage } from "../../core/model/usage.ts";
import { hostsOf } from "./hosts.ts";
import { meterInstances, onDemandSku } from "./meter.ts";

/** A fee for managing instances, by their type, on top of their own price; no commitment and no Spot price takes anything off it. */
export interface ManagementFee {
  readonly sku: (instanceType: string) => string;
  /** As lines call it. */
  readonly label: string;
}

/** An instance on demand, and the fee: both by the second with the same minimum (aws.amazon.com/ecs/pricing, 2026-09). */
export function meterWithFee(life: InstanceLife, fee: ManagementFee, context: Context): Usage[] {
  return [
    ...meterInstances(life, { skuOf: onDemandSku, label: "on demand", context }),
    ...meterInstances(life, { skuOf: fee.sku, label: fee.label, context }),
  ];
}

/**
 * Types on demand that have a fee too; where none has, one stays for the missing price to be told by. A derived fee does not set a type
 * back: hardly any fee is published, and all follow one rule.
 */
export function hostsWithFee(
  fee: ManagementFee,
  context: Context,
  capacityOf?: Parameters<typeof hostsOf>[2],
): Omit<HostType, "costPerHour" | "roughCostPerHour">[] {
  const hosts = hostsOf(onDemandSku, context, capacityOf);
  const withFee = hosts.filter(({ name }) => context.book.prices.has(fee.sku(name)));
  return withFee.length > 0 ? withFee : hosts.slice(0, 1);
}
