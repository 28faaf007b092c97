import type { Decimal } from "decimal.js";
import type { Market } from "./model/catalogue.ts";
import type { InstancesOverTime } from "./model/cluster-over-time.ts";
import type { Demand, TaskLife } from "./model/demand.ts";
import { Exact } from "./model/exact.ts";
import type { InstanceBilledLaunchType, Plan } from "./model/launch-type.ts";
import type { HostType, InstanceLife } from "./model/placement.ts";
import type { Problem } from "./model/problem.ts";
import type { Workload } from "./model/workload.ts";
import { type LivesToFit, placeOverTime, type WayToPlace } from "./placement/place-over-time.ts";
import { placementRequest } from "./placement-request.ts";
import type { PlannedTask } from "./planned-task.ts";
import { pricedHosts } from "./priced-hosts.ts";
import { type Surroundings, simulate } from "./scaling/simulate.ts";

const secondsPerHour = 3600;
const secondsPerMonth = 730 * secondsPerHour;
/** Of the period: so much longer than with the best way may load go unmet for a cheaper one to be taken. */
const unmetSlackPercent = 1;

/** Services that are scaled, and those beside them, on the instances of a launch type. */
export interface PlayedOnInstances {
  readonly demand: Demand;
  readonly instances: readonly InstanceLife[];
  readonly overTime: readonly InstancesOverTime[];
  readonly hostTypes: readonly HostType[];
  readonly problems: readonly Problem[];
}

/**
 * Plays the tasks on instances that come and go with them: on the capacity that is given; else on one type for each kind of tasks, the
 * cheapest of a few that are played out and leave load unmet for at most 1 % of the period longer than the best of them.
 */
export function playOnInstances(
  launchType: InstanceBilledLaunchType,
  what: {
    readonly tasks: readonly PlannedTask[];
    readonly plan: Plan;
    readonly market: Market;
    readonly surroundings: Surroundings;
  },
): PlayedOnInstances {
  const { tasks, surroundings } = what;
  const workload = { ...what.plan.workload, services: tasks.map(({ service }) => service) };
  const failed = (problems: readonly Problem[]): PlayedOnInstances => ({
    ...{ demand: simulate(workload, surroundings), instances: [], overTime: [], hostTypes: [], problems },
  });
  const scaled = workload.services.filter(({ lifetime }) => lifetime.kind === "scaled");
  const unscalable = launchType.unscalable(scaled, workload.settings);
  if (unscalable !== null) return failed([unscalable]);
  const { hostTypes, problems } = pricedHosts(launchType, what.plan.workload, what.market);
  if (hostTypes.length === 0 && problems.length > 0) return failed(problems);
  // Deployments are played out: no room is kept for them.
  const request = { ...placementRequest(launchType, { ...what, hostTypes, lives: [] }), room: new Map() };
  const ways = placeOverTime(request, {
    livesToFit: () => alwaysAlive(simulate(workload, surroundings), workload),
    most: mostWays(workload),
  });
  if (!ways.ok) return failed(ways.problems);
  const played = ways.value.map((way) => playedBy(way, { workload, surroundings, hostTypes }));
  return best(played, workload) ?? failed([]);
}

/** How many ways are played out: the fewer the more each takes. */
function mostWays(workload: Workload): number {
  return Math.max(1, Math.min(4, Math.floor(12 / serviceMonths(workload))));
}

/** What it takes to play a workload out: one scaled service for a month is one. */
export function serviceMonths({ services, periodSeconds }: Workload): number {
  const scaled = services.filter(({ lifetime }) => lifetime.kind === "scaled").length;
  return (scaled * periodSeconds) / secondsPerMonth;
}

/** As many of each service's tasks as there are at most, and on average, where each has all the room it wants. */
function alwaysAlive(demand: Demand, { periodSeconds, services }: Workload): LivesToFit {
  const reports = new Map(demand.reports.map((report) => [report.service, report]));
  const lifeOf = (service: string, count: number): TaskLife => ({
    ...{ service, count: Math.max(1, count), startSeconds: 0, endSeconds: periodSeconds, times: 1 },
  });
  const all = services.filter(({ daemon }) => !daemon);
  const ofReport = (of: (name: string, tasks: number) => number) =>
    all.map(({ name, tasks }) => lifeOf(name, of(name, tasks)));
  return {
    peaks: ofReport((name, tasks) => reports.get(name)?.tasks.peak ?? tasks),
    means: ofReport((name, tasks) =>
      Math.ceil((reports.get(name)?.taskSeconds ?? tasks * periodSeconds) / periodSeconds),
    ),
  };
}

interface Way extends PlayedOnInstances {
  readonly cost: Decimal;
  readonly unmetSeconds: number;
}

function playedBy(
  way: WayToPlace,
  given: {
    readonly workload: Workload;
    readonly surroundings: Surroundings;
    readonly hostTypes: readonly HostType[];
  },
): Way {
  const cluster = way.begin();
  const demand = simulate(given.workload, { ...given.surroundings, cluster });
  const { instances, overTime } = cluster.close();
  const perHour = new Map(given.hostTypes.map((type) => [type.name, type.costPerHour]));
  return {
    ...{ demand, instances, overTime, hostTypes: given.hostTypes },
    problems: demand.unplaced.map((unplaced) => noRoom(unplaced, given.workload)),
    cost: overTime.reduce((sum, { instanceType, instanceSeconds, existing }) => {
      const cost = (perHour.get(instanceType) ?? new Exact(0)).times(instanceSeconds).div(secondsPerHour);
      return existing ? sum : sum.plus(cost);
    }, new Exact(0)),
    unmetSeconds: demand.reports.reduce((sum, { unmetSeconds }) => sum + (unmetSeconds ?? 0), 0),
  };
}

/** Whatever fits an empty instance has found one by then, unless its group may have no more. */
function noRoom({ service, count }: Demand["unplaced"][number], { services }: Workload): Problem {
  const path = services.find(({ name }) => name === service)?.path ?? "";
  const message = `${count} of the tasks of ${service} find no room when the period begins: the instances that they may run on are as many as there may be. Raise the maximum of their capacity provider, or run fewer.`;
  return { code: "task_not_placed", path, message };
}

function best(ways: readonly Way[], { periodSeconds }: Workload): Way | undefined {
  const fewest = Math.min(...ways.map((way) => way.problems.length));
  const possible = ways.filter((way) => way.problems.length === fewest);
  const least = Math.min(...possible.map(({ unmetSeconds }) => unmetSeconds));
  const near = possible.filter(({ unmetSeconds }) => (unmetSeconds - least) * 100 <= unmetSlackPercent * periodSeconds);
  return near.sort((a, b) => a.cost.comparedTo(b.cost))[0];
}
