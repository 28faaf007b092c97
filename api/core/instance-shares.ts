import type { Decimal } from "decimal.js";
import type { Part } from "./estimate.ts";
import type { InstancesOverTime } from "./model/cluster-over-time.ts";
import { Exact } from "./model/exact.ts";
import type { InstanceLife, TaskDemand } from "./model/placement.ts";

/** What a service's part of instances would cost by itself; service null: idle. */
export interface InstanceShare {
  readonly service: string | null;
  readonly weight: Decimal;
}

/** Of the instances of a part, in the order in which they are found; a service may have many. */
export function instanceShares(part: Part): InstanceShare[] {
  const costPerHour = new Map(part.hostTypes.map((type) => [type.name, type.costPerHour]));
  const perHourOf = (instanceType: string) => costPerHour.get(instanceType) ?? new Exact(0);
  if (part.overTime !== null) return part.overTime.flatMap((row) => sharesOverTime(row, perHourOf(row.instanceType)));
  const demands = new Map(part.tasks.map(({ service, admission }) => [service.name, admission.demand]));
  return part.instances.flatMap((life) => sharesOf(life, perHourOf(life.instanceType), demands));
}

function sharesOf(
  life: InstanceLife,
  perHour: Decimal,
  demands: ReadonlyMap<string, TaskDemand>,
): readonly InstanceShare[] {
  const seconds = life.count * (life.endSeconds - life.startSeconds);
  const cost = perHour.times(seconds).div(3600);
  const capacity = life.capacity[life.binds] ?? 0;
  if (capacity === 0) return [{ service: null, weight: cost }];
  const amounts = life.tasks.map(({ service, count }) => ({
    service,
    amount: (demands.get(service)?.resources[life.binds] ?? 0) * count,
  }));
  const used = amounts.reduce((sum, { amount }) => sum + amount, 0);
  return [
    ...amounts.map(({ service, amount }) => ({ service, weight: cost.times(amount).div(capacity) })),
    { service: null, weight: cost.times(capacity - used).div(capacity) },
  ];
}

/** What was on them changed: at each moment by the resource that bound then. */
function sharesOverTime(
  { instanceSeconds, capacity, boundSeconds }: InstancesOverTime,
  perHour: Decimal,
): readonly InstanceShare[] {
  const own = boundSeconds.map(({ resource, service, amountSeconds }) => {
    const weight = perHour
      .times(amountSeconds)
      .div(capacity[resource] || 1)
      .div(3600);
    return { service, weight };
  });
  const whole = perHour.times(instanceSeconds).div(3600);
  const idle = own.reduce((left, { weight }) => left.minus(weight), whole);
  return [...own, { service: null, weight: idle }];
}
