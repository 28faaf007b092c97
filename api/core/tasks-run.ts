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
          instanceCost: costs && (costs.get(name) ?? new Exact(0)),
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

/** What the part's instances cost, by service; null: it has none. */
function instanceCosts(part: Part, { charges }: Pick<Priced, "charges">): Map<string | null, Decimal> | null {
  if (part.launchType.billedBy === "task") return null;
  const cost = charges
    .filter(({ service, launchType }) => service === null && launchType === part.launchType.id)
    .reduce((sum, charge) => sum.plus(charge.cost), new Exact(0));
  const weights = new Map<string | null, Decimal>();
  let whole = new Exact(0);
  for (const { service, weight } of instanceShares(part)) {
    weights.set(service, (weights.get(service) ?? new Exact(0)).plus(weight));
    whole = whole.plus(weight);
  }
  if (whole.isZero()) return new Map();
  return new Map([...weights].map(([service, own]) => [service, cost.times(own).div(whole).toDecimalPlaces(decimals)]));
}
