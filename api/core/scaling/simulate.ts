import type { ClusterOverTime } from "../model/cluster-over-time.ts";
import type { Demand, TaskLife } from "../model/demand.ts";
import type { Calendar, ScaledLifetime, ScalingReport, TaskCapacity } from "../model/scaling.ts";
import type { Service, Workload } from "../model/workload.ts";
import { play } from "./play.ts";
import { livesOf, reportOf } from "./report.ts";
import { requestsOf } from "./requests.ts";
import { playTogether } from "./together.ts";

/** What the simulation asks of the rest of the calculation. */
export interface Surroundings {
  /** What one task of the service has, in the option being priced. */
  capacityOf(service: Service): TaskCapacity;
  readonly calendar: Calendar;
  /** Instances that the tasks share and may have to wait for; nothing said: every task has what it needs. */
  readonly cluster?: ClusterOverTime;
}

/**
 * When which tasks are alive in the period, and what became of the services that are scaled. Daemon tasks are not among them: they live and
 * die with instances.
 */
export function simulate(workload: Workload, surroundings: Surroundings): Demand {
  const { cluster } = surroundings;
  if (cluster !== undefined) return simulateOn(cluster, workload, surroundings);
  const { periodSeconds } = workload;
  const lives: TaskLife[] = [];
  const reports: ScalingReport[] = [];
  for (const service of workload.services) {
    if (service.daemon) continue;
    if (service.lifetime.kind === "scaled") {
      const scaled = scaledLives(service, service.lifetime, { workload, surroundings });
      for (const life of scaled.lives) lives.push(life);
      reports.push(scaled.report);
    } else if (service.tasks > 0) lives.push(...unscaledLives(service, service.lifetime, periodSeconds));
  }
  return { periodSeconds, lives, reports, requests: requestsOf(workload), capacityProviders: [], unplaced: [] };
}

/** All services at once, since they share the instances. */
function simulateOn(cluster: ClusterOverTime, workload: Workload, { capacityOf, calendar }: Surroundings): Demand {
  const { periodSeconds, seed, services } = workload;
  const period = workload.period ?? unknownPeriod;
  const scaled = services.flatMap((service) => {
    if (service.daemon || service.lifetime.kind !== "scaled") return [];
    const stage = { tasks: service.tasks, capacity: capacityOf(service), calendar, period, periodSeconds, seed };
    return [{ service: service.name, lifetime: service.lifetime, stage }];
  });
  const fixed = services.flatMap(({ name, tasks, lifetime, daemon }) =>
    daemon || lifetime.kind === "scaled" || tasks === 0 ? [] : unscaledLives({ name, tasks }, lifetime, periodSeconds),
  );
  const { played, lives, capacityProviders, unplaced } = playTogether({ scaled, fixed, periodSeconds }, cluster);
  const all = [...lives];
  const reports = scaled.flatMap(({ service, lifetime }): ScalingReport[] => {
    const one = played.get(service);
    if (one === undefined) return [];
    const own = [...livesOf(service, one.run, { lifetime, periodSeconds }), ...one.extra];
    for (const life of own) all.push(life);
    return [{ ...reportOf(service, one.run, { lifetime, lives: own, periodSeconds }), waiting: one.waiting }];
  });
  return { periodSeconds, lives: all, reports, requests: requestsOf(workload), capacityProviders, unplaced };
}

interface ScaledService {
  readonly lives: readonly TaskLife[];
  readonly report: ScalingReport;
}

const unknownPeriod = { startSeconds: 0, timeZone: "UTC" };

/** By the capacity of a task, in the last period and with the last seed that a service was played with: no other is asked for again. */
const played = new WeakMap<Service, { readonly run: string; readonly byCapacity: Map<string, ScaledService> }>();

/** Played once for all that decides it, since one service is priced in many options that give its tasks the same capacity. */
function scaledLives(
  service: Service,
  lifetime: ScaledLifetime,
  given: { readonly workload: Workload; readonly surroundings: Surroundings },
): ScaledService {
  const { periodSeconds, seed, period } = given.workload;
  const { calendar } = given.surroundings;
  const capacity = given.surroundings.capacityOf(service);
  const start = period ?? unknownPeriod;
  const runKey = JSON.stringify([start, periodSeconds, seed]);
  const last = played.get(service);
  const byCapacity = last?.run === runKey ? last.byCapacity : new Map<string, ScaledService>();
  const key = `${capacity.cpuUnits} ${capacity.memoryMiB}`;
  const known = byCapacity.get(key);
  if (known !== undefined) return known;
  const run = play(lifetime, { tasks: service.tasks, capacity, calendar, period: start, periodSeconds, seed });
  const lives = livesOf(service.name, run, { lifetime, periodSeconds });
  const scaled = { lives, report: reportOf(service.name, run, { lifetime, lives, periodSeconds }) };
  played.set(service, { run: runKey, byCapacity: byCapacity.set(key, scaled) });
  return scaled;
}

function unscaledLives(
  service: Pick<Service, "name" | "tasks">,
  lifetime: Exclude<Service["lifetime"], ScaledLifetime>,
  periodSeconds: number,
): TaskLife[] {
  if (lifetime.kind === "always") {
    return [{ service: service.name, count: service.tasks, startSeconds: 0, endSeconds: periodSeconds, times: 1 }];
  }
  const { seconds, times } = lifetime;
  // One run after another; only where the period is too short for that, in as few lanes side by side as will do.
  const runsPerLane = Math.max(1, Math.floor(periodSeconds / seconds));
  const lanes = Math.ceil(times / runsPerLane);
  const fewest = Math.floor(times / Math.max(1, lanes));
  const longerLanes = times - fewest * lanes;
  return [
    { lanes: longerLanes, times: fewest + 1 },
    { lanes: lanes - longerLanes, times: fewest },
  ]
    .filter((lane) => lane.lanes > 0 && lane.times > 0)
    .map((lane) => ({
      service: service.name,
      count: service.tasks * lane.lanes,
      startSeconds: 0,
      endSeconds: seconds * lane.times,
      times: lane.times,
    }));
}
