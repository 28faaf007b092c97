import type { Decimal } from "decimal.js";
import type { Part, Priced } from "./estimate.ts";
import { instanceShares } from "./instance-shares.ts";
import type { TasksRun } from "./model/comparison.ts";
import { Exact } from "./model/exact.ts";

const decimals = 12;

/** What each service came to on each launch type that it runs on. */
export function tasksRun(priced: Pick<Priced, "parts" | "charges" | "whole">): TasksRun[] {
  return priced.parts.flatMap((part) => {
    const hours = taskHours(part, priced);
    const costs = instanceCosts(part, priced);
    return part.tasks.flatMap(({ service: { name }, admission: { demand } }) => {
      const own = hours.get(name) ?? new Exact(0);
      if (own.isZero()) return [];
      return [
        {
          service: name,
          launchType: part.launchType.id,
          taskHours: own.toDecimalPlaces(decimals),
          resources: demand.resources,
          kinds: demand.kinds,
          instanceCosts: costs.get(name) ?? new Map(),
        },
      ];
    });
  });
}

/** By service: of the tasks that are on the instances, or, where nothing stays where it is, of all that were alive. */
function taskHours(part: Part, { whole }: Pick<Priced, "whole">): Map<string, Decimal> {
  const seconds = new Map<string, Decimal>();
  const add = (service: string, more: Decimal) =>
    seconds.set(service, (seconds.get(service) ?? new Exact(0)).plus(more));
  if (part.launchType.billedBy === "instance" && part.overTime === null) {
    for (const { count, startSeconds, endSeconds, tasks } of part.instances)
      for (const on of tasks) add(on.service, new Exact(count * on.count).times(endSeconds - startSeconds));
  } else {
    const running = whole.running.find(({ launchType }) => launchType.id === part.launchType.id);
    for (const { life, share } of running?.tasks ?? []) {
      const alive = new Exact(life.count).times(life.endSeconds - life.startSeconds);
      add(life.service, alive.times(`${share.numerator}`).div(`${share.denominator}`));
    }
    for (const [service, alive] of daemonSeconds(part)) add(service, alive);
  }
  return new Map([...seconds].map(([service, alive]) => [service, alive.div(3600)]));
}

/** One is on every instance for as long as that is there. */
function daemonSeconds({ tasks, overTime }: Part): [string, Decimal][] {
  const alive = (overTime ?? []).reduce((sum, { instanceSeconds }) => sum.plus(instanceSeconds), new Exact(0));
  if (overTime === null) return [];
  return tasks.filter(({ service }) => service.daemon).map(({ service }) => [service.name, alive]);
}

/** What the part's instances cost, by service and by what binds. */
function instanceCosts(part: Part, { charges }: Pick<Priced, "charges">): Map<string, Map<string, Decimal>> {
  const costs = new Map<string, Map<string, Decimal>>();
  if (part.launchType.billedBy === "task") return costs;
  const cost = charges
    .filter(({ service, launchType }) => service === null && launchType === part.launchType.id)
    .reduce((sum, charge) => sum.plus(charge.cost), new Exact(0));
  const shares = instanceShares(part);
  const whole = shares.reduce((sum, { weight }) => sum.plus(weight), new Exact(0));
  if (whole.isZero()) return costs;
  for (const [service, own] of Map.groupBy(shares, (share) => share.service)) {
    if (service === null) continue;
    const byResource = Map.groupBy(own, ({ resource }) => resource ?? "");
    const rows = [...byResource].map(([resource, found]): [string, Decimal] => {
      const weight = found.reduce((sum, share) => sum.plus(share.weight), new Exact(0));
      return [resource, cost.times(weight).div(whole).toDecimalPlaces(decimals)];
    });
    costs.set(service, new Map(rows));
  }
  return costs;
}
