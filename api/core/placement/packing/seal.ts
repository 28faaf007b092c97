import type { Certificate } from "../../model/packing.ts";
import { farley } from "./certificate.ts";
import type { Instance } from "./instance.ts";

/** Prices are whole multiples of one part in so many. */
const parts = 1024;
const bigParts = 1024n;
const hair = 1e-12;

/** Prices that any knapsack solver can check in whole numbers, and the bound that they prove. Rounded down, they make no content dearer. */
export function seal(
  instance: Instance,
  { prices, bounds, bound }: { readonly prices: Float64Array; readonly bounds: Float64Array; readonly bound: number },
): Certificate {
  if (bound <= 0) return { prices: new Array<number>(instance.items).fill(0), lowerBound: 0 };
  const overpaid = Math.max(1, farley(instance, prices, bounds).overpaid);
  const rounded = prices.map((price) => Math.floor((price / overpaid) * (1 - hair) * parts) / parts);
  return {
    prices: Array.from(rounded),
    lowerBound: provenBy(
      instance,
      rounded,
      bounds.map((dearest) => dearest / overpaid),
    ),
  };
}

/** In parts and without a rounding error, since counts times prices outgrow a double. */
function provenBy(instance: Instance, prices: Float64Array, bounds: Float64Array): number {
  let bound = 0n;
  for (const [item, price] of prices.entries())
    bound += BigInt(instance.counts[item] as number) * BigInt(price * parts);
  for (const [host, dearest] of bounds.entries()) {
    const countMax = instance.countMax[host] as number;
    if (countMax === Number.POSITIVE_INFINITY) continue;
    const gain = BigInt(Math.ceil(dearest * (1 + hair) * parts)) - BigInt(instance.cost[host] as number) * bigParts;
    if (gain > 0n) bound -= BigInt(countMax) * gain;
  }
  return bound <= 0n ? 0 : Number((bound + bigParts - 1n) / bigParts);
}
