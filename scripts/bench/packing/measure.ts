import type { Effort, Packing, PackingProblem } from "../../../api/core/model/packing.ts";
import type { HostType } from "../../../api/core/model/placement.ts";
import { pack } from "../../../api/core/placement/packing/pack.ts";
import { bestSingleType, sumsOverCapacity } from "./first-fit.ts";
import { fleetFaults } from "./fleet-faults.ts";
import { karpenterRule } from "./karpenter-rule.ts";
import { problemsOf, type TaskSet, typesFor } from "./sets.ts";

/** One set, packed, and what others pay for it. Costs in billionths for an hour. */
export interface Measured {
  readonly set: TaskSet;
  readonly milliseconds: number;
  readonly cost: number;
  readonly lowerBound: number;
  readonly proven: boolean;
  /** Null: no one type holds every item. */
  readonly singleType: number | null;
  /** Null: not tried, or an item fits nowhere. */
  readonly karpenter: number | null;
  /** The instances that a spreadsheet says would do are proven to be too few. */
  readonly sumsImpossible: boolean;
  /** In words: what does not hold of the fleet or the bound. */
  readonly violations: readonly string[];
}

const karpenterTasksMax = 20_000;

export function measure(set: TaskSet, hostTypes: readonly HostType[], effort: Effort): Measured {
  const problems = problemsOf(set, hostTypes, effort);
  const before = process.cpuUsage();
  const packings = problems.map((problem) => pack(problem));
  const { user, system } = process.cpuUsage(before);
  const cost = total(packings, (packing) => packing?.cost ?? Number.POSITIVE_INFINITY);
  const lowerBound = total(packings, (packing) => packing?.lowerBound ?? 0);
  const allowed = nodePool(set, hostTypes);
  const singleType = sumOf(problems, bestSingleType);
  const karpenter =
    set.tasks > karpenterTasksMax ? null : sumOf(problems, (problem) => karpenterRule(problem, allowed));
  const violations = packings.flatMap((packing, at) => faultsOf(problems[at], packing));
  for (const [name, other] of [
    ["single type", singleType],
    ["Karpenter's rule", karpenter],
  ] as const) {
    if (other !== null && cost > other) violations.push(`costs ${cost}, ${name} ${other}`);
    if (other !== null && lowerBound > other) violations.push(`bound ${lowerBound}, ${name} ${other}`);
  }
  return {
    ...{ set, cost, lowerBound, singleType, karpenter, violations },
    milliseconds: (user + system) / 1000,
    proven: packings.every((packing) => packing?.proven === true),
    sumsImpossible: problems.some(areSumsImpossible),
  };
}

function areSumsImpossible(problem: PackingProblem): boolean {
  const sums = sumsOverCapacity(problem);
  if (sums === null) return false;
  const onlyThat = pack({ ...problem, hosts: [sums.host] });
  return onlyThat !== null && onlyThat.lowerBound > sums.cost;
}

/** The types of the node pool in Karpenter's own getting-started guide (categories c, m and r), and those with GPUs where tasks want them. */
function nodePool(set: TaskSet, hostTypes: readonly HostType[]): (host: number) => boolean {
  const types = typesFor(set, hostTypes);
  const categories = set.variant === "gpu" ? /^[cmrgp]\d/ : /^[cmr]\d/;
  return (host) => categories.test(types[host]?.name ?? "");
}

function faultsOf(problem: PackingProblem | undefined, packing: Packing | null): string[] {
  if (problem === undefined || packing === null) return ["no packing"];
  return fleetFaults(problem, packing);
}

function total<T>(parts: readonly T[], amount: (part: T) => number): number {
  return parts.reduce((sum, part) => sum + amount(part), 0);
}

function sumOf<T>(parts: readonly T[], amount: (part: T) => number | null): number | null {
  return parts.reduce<number | null>((sum, part) => {
    const value = amount(part);
    return sum === null || value === null ? null : sum + value;
  }, 0);
}
