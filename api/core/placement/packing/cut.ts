import type { Instance } from "./instance.ts";
import type { Cut } from "./needs.ts";
import type { Pricing } from "./pricing.ts";

/** The prices as a cut over all hosts. */
export function cutOf(instance: Instance, prices: Float64Array, pricing: Pricing): Cut {
  pricing.limit(instance.counts);
  for (let host = 0; host < instance.hosts; host++) {
    pricing.relax(host, prices);
    pricing.search(host, prices, { floor: 0, nodesMax: 1000 });
  }
  return { prices, bounds: pricing.bounds.slice() };
}
