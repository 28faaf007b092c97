import type { Instance } from "./instance.ts";
import type { Cut } from "./needs.ts";
import type { Pricing } from "./pricing.ts";

const nodesMax = 1000;

/** The prices as a cut over all hosts. */
export function cutOf(instance: Instance, prices: Float64Array, pricing: Pricing): Cut {
  return cutOver(
    Array.from({ length: instance.hosts }, (_, host) => host),
    { instance, prices, pricing },
  );
}

/** The prices as a cut over these hosts alone. */
export function cutOver(
  hosts: Iterable<number>,
  { instance, prices, pricing }: { instance: Instance; prices: Float64Array; pricing: Pricing },
): Cut {
  const bounds = new Float64Array(instance.hosts);
  for (const host of hosts) {
    pricing.limitHost(host, instance.counts);
    pricing.relax(host, prices);
    pricing.search(host, prices, { floor: 0, nodesMax });
    bounds[host] = pricing.bounds[host] as number;
  }
  return { prices, bounds };
}
