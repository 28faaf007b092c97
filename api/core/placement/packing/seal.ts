import type { Certificate } from "../../model/packing.ts";
import { farley } from "./certificate.ts";
import type { Instance } from "./instance.ts";
import type { Pricing } from "./pricing.ts";

/** Prices are whole multiples of one part in so many. */
const parts = 1024;
const bigParts = 1024n;
const hair = 1e-12;
/** A table serves many hosts at once. */
const tableNodes = 8;

/** Prices that any knapsack solver can check in whole numbers, and the bound that they prove. */
export function seal(
  instance: Instance,
  prices: Float64Array,
  { pricing, nodesMax }: { pricing: Pricing; nodesMax: number },
): Certificate {
  pricing.limit(instance.counts);
  let rounded = prices.map((price) => Math.floor(price * parts) / parts);
  const open: number[] = [];
  for (let host = 0; host < instance.hosts; host++) {
    if (pricing.relax(host, rounded) > (instance.cost[host] as number)) open.push(host);
  }
  pricing.tabulate(open, rounded, nodesMax * tableNodes);
  for (const host of open) {
    const floor = instance.cost[host] as number;
    if ((pricing.bounds[host] as number) > floor) pricing.search(host, rounded, { floor, nodesMax });
  }
  const overpaid = Math.max(1, farley(instance, rounded, pricing.bounds).overpaid);
  if (overpaid > 1) rounded = rounded.map((price) => Math.floor((price / overpaid) * (1 - hair) * parts) / parts);
  return {
    prices: Array.from(rounded),
    lowerBound: provenBy(
      instance,
      rounded,
      pricing.bounds.map((bound) => bound / overpaid),
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
