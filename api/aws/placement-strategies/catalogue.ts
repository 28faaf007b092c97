import type { Ranking, StrategyKind } from "../../core/model/placement-rules.ts";
import { fieldPath, type Problem, type Result } from "../../core/model/problem.ts";
import type { PlacementStrategy } from "../../core/model/workload.ts";
import { binpack } from "./binpack.ts";
import { random } from "./random.ts";
import { spread } from "./spread.ts";

export const strategyKinds: readonly StrategyKind[] = [binpack, random, spread];

export const zoneAttribute = "ecs.availability-zone";

/**
 * A service that says nothing: the zone with the fewest of its tasks, then the instance with the fewest; stopped where there are most.
 * Source: awsdocs/amazon-ecs-developer-guide@49232cf ecs_services.md, replica scheduling.
 */
export const serviceDefault: readonly Ranking[] = [
  { kind: "spread", attribute: zoneAttribute },
  { kind: "spread", attribute: null },
];

/** RunTask that says nothing: no default is documented; any valid instance, as remembered. */
export const runDefault: readonly Ranking[] = [{ kind: "random" }];

/** The strategies in the order in which they apply. Path: of the list; a problem's path is the field's. */
export function readRankings(strategies: readonly PlacementStrategy[], path: string): Result<readonly Ranking[]> {
  const rankings: Ranking[] = [];
  const problems: Problem[] = [];
  for (const [at, { type, field }] of strategies.entries()) {
    const read = strategyKinds.find((kind) => kind.id === type)?.read(field, fieldPath(`${path}[${at}]`, "field"));
    // Parsing takes only the types that are in the catalogue.
    if (read === undefined) throw new Error(`${type} is no placement strategy`);
    if (read.ok) rankings.push(read.value);
    else problems.push(...read.problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: rankings };
}
