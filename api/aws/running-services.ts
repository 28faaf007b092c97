import type { Whole } from "../core/model/add-on.ts";
import { add, type Fraction, fraction, multiply, zero } from "../core/model/fraction.ts";
import type { Service } from "../core/model/workload.ts";

/** A service of which tasks run, whatever they run on. */
export interface RunningService {
  readonly service: Service;
  /** Tasks that start in the period; those that run when it begins count as started. */
  readonly starts: Fraction;
}

export function runningServices({ running }: Pick<Whole, "running">): readonly RunningService[] {
  const starts = new Map<Service, Fraction>();
  for (const { life, task, share } of running.flatMap(({ tasks }) => tasks)) {
    const started = multiply(fraction(life.count * life.times), share);
    if (started.numerator > 0n) starts.set(task.service, add(starts.get(task.service) ?? zero, started));
  }
  return [...starts].map(([service, started]) => ({ service, starts: started }));
}

/** Each service's equal part of every distinct thing that it and others use. */
export function sharedEqually(
  services: readonly Service[],
  usedBy: (service: Service) => readonly string[],
): ReadonlyMap<Service, Fraction> {
  const users = new Map<string, number>();
  for (const service of services)
    for (const thing of new Set(usedBy(service))) users.set(thing, (users.get(thing) ?? 0) + 1);
  const partOf = (service: Service) =>
    [...new Set(usedBy(service))].reduce((sum, thing) => add(sum, fraction(1, users.get(thing) ?? 1)), zero);
  return new Map(services.map((service) => [service, partOf(service)]));
}
