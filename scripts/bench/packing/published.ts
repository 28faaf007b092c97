import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Effort, PackingProblem } from "../../../api/core/model/packing.ts";
import { pack } from "../../../api/core/placement/packing/pack.ts";
import { fleetFaults } from "./fleet-faults.ts";

/** A published instance with a known optimum: bins of one size, all at the same cost. */
export interface PublishedInstance {
  readonly name: string;
  readonly cap: readonly number[];
  /** Amounts, and last how many there are. */
  readonly items: readonly (readonly number[])[];
  readonly n: number;
  readonly opt: number;
  readonly best_heuristic: number;
}

/** Lines of JSON, compressed; the first says where they are from. */
export function readPublished(file: string | URL): PublishedInstance[] {
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  return lines.slice(1).map((line): PublishedInstance => JSON.parse(line));
}

export const binCost = 1e9;

export function publishedProblem({ cap, items }: PublishedInstance, effort: Effort): PackingProblem {
  return {
    items: items.map((item) => ({
      amounts: item.slice(0, cap.length),
      count: item[cap.length] ?? 1,
      perHostMax: null,
      hosts: null,
    })),
    hosts: [{ capacity: cap, cost: binCost, countMax: null }],
    effort,
  };
}

/** Packs them all, and counts what holds of the answers. */
export function benchPublished(file: string, effort: Effort) {
  const counts = { instances: 0, ordered: 0, optimal: 0, proven: 0, worseThanHeuristic: 0, faulty: 0 };
  const broken: string[] = [];
  const startedMicroseconds = process.cpuUsage();
  for (const instance of readPublished(file)) {
    const problem = publishedProblem(instance, effort);
    const packing = pack(problem);
    const cost = packing?.cost ?? Number.POSITIVE_INFINITY;
    const ordered =
      (packing?.lowerBound ?? Number.POSITIVE_INFINITY) <= instance.opt * binCost && instance.opt * binCost <= cost;
    const faults = packing === null ? ["no packing"] : fleetFaults(problem, packing);
    if (!ordered || faults.length > 0) broken.push(instance.name);
    counts.instances += 1;
    counts.ordered += Number(ordered);
    counts.optimal += Number(cost === instance.opt * binCost);
    counts.proven += Number(packing?.proven === true);
    counts.worseThanHeuristic += Number(cost > instance.best_heuristic * binCost);
    counts.faulty += Number(faults.length > 0);
  }
  const { user, system } = process.cpuUsage(startedMicroseconds);
  return { ...counts, seconds: (user + system) / 1e6, broken };
}

export function publishedText(result: ReturnType<typeof benchPublished>): string {
  return [
    `${result.instances} published instances in ${result.seconds.toFixed(1)} s of CPU time`,
    `bound <= optimum <= fleet        ${result.ordered}`,
    `fleet is optimal                 ${result.optimal}`,
    `and proven to be                 ${result.proven}`,
    `worse than the best heuristic    ${result.worseThanHeuristic}`,
    `fleets that hold not what they should  ${result.faulty}`,
    ...(result.broken.length > 0 ? [`broken: ${result.broken.join(", ")}`] : []),
  ].join("\n");
}
