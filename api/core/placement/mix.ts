import type { Packing } from "../model/packing.ts";
import type { InstanceLife } from "../model/placement.ts";
import type { PlacementRequest } from "../model/placement-request.ts";
import { lifeOfBin, type MixBin } from "./mix-bins.ts";
import { type MixProblem, mixProblem } from "./mix-problem.ts";
import { extraTask, mixSpreads, withFreeRoom } from "./mix-room.ts";
import { packStage } from "./mix-stage.ts";
import { stagesOf } from "./stages.ts";
import { survivingCounts, zoneCounts } from "./zone-counts.ts";

export interface Mix {
  readonly instances: readonly InstanceLife[];
  readonly problem: MixProblem;
  /** What the search found, zone by zone. */
  readonly packings: readonly Packing[];
  /** Tasks whose places are kept free for a deployment. */
  readonly extra: { readonly service: string; readonly count: number } | null;
}

/**
 * A cheap set of instances of the types there are to choose from: tasks that live longest first; those that end sooner fill what is free
 * on what is there, and more instances only where that does not do. Null: some task fits on none of the types.
 */
export function mixOf(request: PlacementRequest): Mix | null {
  const problem = mixProblem(request);
  const zones = request.zones.length;
  const packings: Packing[] = [];
  let bins: MixBin[] = [];
  let kept: Mix["extra"] = null;
  for (const [at, stage] of stagesOf(request.lives).entries()) {
    const spreads = mixSpreads(stage, problem, request);
    if (spreads === null) return null;
    const extra = at === 0 ? extraTask(spreads, request) : null;
    kept ??= extra;
    const counts = request.surviveZoneLoss ? survivingCounts(spreads, zones) : zoneCounts(spreads, zones);
    const packed = packStage({ stage, counts, extra, bins, problem, request });
    if (packed === null) return null;
    bins = packed.bins;
    packings.push(...packed.packings);
  }
  const instances = withFreeRoom(bins, problem, request).map((bin) => lifeOfBin(bin, problem, request));
  return { instances, problem, packings, extra: kept };
}
