import type { Decimal } from "decimal.js";
import type { Part } from "./estimate.ts";
import type { Charge } from "./model/charge.ts";
import type { InstancesOverTime } from "./model/cluster-over-time.ts";
import type { Allocation } from "./model/comparison.ts";
import { Exact } from "./model/exact.ts";
import type { InstanceLife, TaskDemand } from "./model/placement.ts";

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
    const weights = weightsOf(priced.parts);
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

type Weigh = (service: string | null, weight: Decimal) => void;

/** What each service's part of the instances would cost by itself; service null: idle. */
function weightsOf(parts: readonly Part[]): Map<string | null, Decimal> {
  const weights = new Map<string | null, Decimal>();
  const weigh: Weigh = (service, weight) => weights.set(service, (weights.get(service) ?? new Exact(0)).plus(weight));
  for (const part of parts) {
    const costPerHour = new Map(part.hostTypes.map((type) => [type.name, type.costPerHour]));
    const demands = new Map(part.tasks.map(({ service, admission }) => [service.name, admission.demand]));
    for (const row of part.overTime ?? []) weighOverTime(row, costPerHour.get(row.instanceType) ?? new Exact(0), weigh);
    const lives = part.overTime === null ? part.instances : [];
    for (const life of lives)
      weighLife(life, { perHour: costPerHour.get(life.instanceType) ?? new Exact(0), demands, weigh });
  }
  return weights;
}

function weighLife(
  life: InstanceLife,
  given: { readonly perHour: Decimal; readonly demands: ReadonlyMap<string, TaskDemand>; readonly weigh: Weigh },
): void {
  const { perHour, demands, weigh } = given;
  const seconds = life.count * (life.endSeconds - life.startSeconds);
  const cost = perHour.times(seconds).div(3600);
  const capacity = life.capacity[life.binds] ?? 0;
  let used = 0;
  for (const { service, count } of capacity > 0 ? life.tasks : []) {
    const amount = (demands.get(service)?.resources[life.binds] ?? 0) * count;
    used += amount;
    weigh(service, cost.times(amount).div(capacity));
  }
  weigh(null, capacity > 0 ? cost.times(capacity - used).div(capacity) : cost);
}

/** What was on them changed: at each moment by the resource that bound then. */
function weighOverTime(
  { instanceSeconds, capacity, boundSeconds }: InstancesOverTime,
  perHour: Decimal,
  weigh: Weigh,
): void {
  let idle = perHour.times(instanceSeconds).div(3600);
  for (const { resource, service, amountSeconds } of boundSeconds) {
    const own = perHour
      .times(amountSeconds)
      .div(capacity[resource] || 1)
      .div(3600);
    idle = idle.minus(own);
    weigh(service, own);
  }
  weigh(null, idle);
}
