import type { Decimal } from "decimal.js";
import type { Part } from "./estimate.ts";
import { instanceShares } from "./instance-shares.ts";
import type { Charge } from "./model/charge.ts";
import type { Allocation } from "./model/comparison.ts";
import { Exact } from "./model/exact.ts";

/**
 * Whose cost each charge is. A service's own charges are its own; what instances cost is shared by the part of each instance's
 * binding resource that a service's tasks take, and what nobody takes is a row of its own. Sums to the charges exactly.
 */
export function allocate(priced: {
  readonly charges: readonly Charge[];
  readonly parts: readonly Part[];
}): readonly Allocation[] {
  const costs = new Map<string | null, Decimal>();
  const give = (service: string | null, cost: Decimal) =>
    costs.set(service, (costs.get(service) ?? new Exact(0)).plus(cost));
  let shared = new Exact(0);
  for (const charge of priced.charges) {
    if (charge.service === null) shared = shared.plus(charge.cost);
    else give(charge.service, charge.cost);
  }
  if (!shared.isZero()) {
    const weights = new Map<string | null, Decimal>();
    for (const { service, weight } of priced.parts.flatMap(instanceShares))
      weights.set(service, (weights.get(service) ?? new Exact(0)).plus(weight));
    const whole = [...weights.values()].reduce((sum, weight) => sum.plus(weight), new Exact(0));
    let handedOut = new Exact(0);
    for (const [service, weight] of weights) {
      if (service === null) continue;
      const cost = shared.times(weight).div(whole).toDecimalPlaces(12, Exact.ROUND_HALF_EVEN);
      handedOut = handedOut.plus(cost);
      give(service, cost);
    }
    if (!shared.equals(handedOut)) give(null, shared.minus(handedOut));
  }
  return [...costs].map(([service, cost]) => ({ service, cost }));
}
