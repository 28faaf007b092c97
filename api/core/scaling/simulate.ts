import type { Demand, TaskLife } from "../model/demand.ts";
import type { Service, Workload } from "../model/workload.ts";

/** When which tasks are alive in the period. Daemon tasks are not among them: they live and die with instances. */
export function simulate(workload: Workload): Demand {
  const { periodSeconds } = workload;
  const lives = workload.services
    .filter((service) => !service.daemon && service.tasks > 0)
    .flatMap((service) => livesOf(service, periodSeconds));
  return { periodSeconds, lives };
}

function livesOf(service: Service, periodSeconds: number): TaskLife[] {
  if (service.lifetime.kind === "always") {
    return [{ service: service.name, count: service.tasks, startSeconds: 0, endSeconds: periodSeconds, times: 1 }];
  }
  const { seconds, times } = service.lifetime;
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
