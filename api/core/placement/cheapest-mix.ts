import type { Packing } from "../model/packing.ts";
import type { Placement } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import type { Problem, Result } from "../model/problem.ts";
import { nothingHolds } from "./misfits.ts";
import { lifeOfBin, type MixBin } from "./mix-bins.ts";
import { mixProblem } from "./mix-problem.ts";
import { mixProof } from "./mix-proof.ts";
import { extraTask, mixSpreads, withFreeRoom } from "./mix-room.ts";
import { packStage } from "./mix-stage.ts";
import { stagesOf } from "./stages.ts";
import { survivingCounts, zoneCounts } from "./zone-counts.ts";

/**
 * The cheapest set of instances of any types, zone by zone, with a bound that no other set is below. Tasks that live longest first; those
 * that end sooner fill what is free on what is there, and more instances only where that does not do.
 */
export function cheapestMix(request: PlacementRequest): Result<Placement> {
  const problems = notSearchable(request);
  if (problems.length > 0) return { ok: false, problems };
  const problem = mixProblem(request);
  const zones = request.zones.length;
  const packings: Packing[] = [];
  let bins: MixBin[] = [];
  let kept: ReturnType<typeof extraTask> = null;
  for (const [at, stage] of stagesOf(request.lives).entries()) {
    const spreads = mixSpreads(stage, problem, request);
    if (spreads === null) return { ok: false, problems: [nothingHolds(request)] };
    const extra = at === 0 ? extraTask(spreads, request) : null;
    kept ??= extra;
    const counts = request.surviveZoneLoss ? survivingCounts(spreads, zones) : zoneCounts(spreads, zones);
    const packed = packStage({ stage, counts, extra, bins, problem, request });
    if (packed === null) return { ok: false, problems: [nothingHolds(request)] };
    bins = packed.bins;
    packings.push(...packed.packings);
  }
  const whole = withFreeRoom(bins, problem, request);
  const instances = whole.map((bin) => lifeOfBin(bin, problem, request));
  return { ok: true, value: { instances, packing: mixProof({ instances, packings, extra: kept }, problem, request) } };
}

/** What depends on what else is on an instance is beyond the search. */
function notSearchable(request: PlacementRequest): Problem[] {
  const services = [...new Set(request.lives.map(({ service }) => service))];
  return services
    .filter((service) => request.tasks.get(service)?.allowsInstance)
    .map((service) => ({
      code: "placement_constraint_not_searched",
      path: "",
      message: `A placement constraint of ${service} depends on the tasks beside it (task:group, runningTasksCount), which the search for the cheapest mix does not follow. The other options on instances do.`,
    }));
}
