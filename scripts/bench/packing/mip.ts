import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PackingHost, PackingProblem } from "../../../api/core/model/packing.ts";
import { fleetFaults } from "./fleet-faults.ts";
import { undominated } from "./karpenter-rule.ts";

/** A fleet found by a general solver within its time; `cost` null: none. */
export interface MipAnswer {
  readonly cost: number | null;
  readonly optimal: boolean;
  readonly milliseconds: number;
}

const secondsMax = 10;
const billion = 1e9;

interface Model {
  readonly problem: PackingProblem;
  /** In the LP format that both solvers read. */
  readonly text: string;
  readonly types: readonly PackingHost[];
}

/**
 * The packing as a mixed-integer program: instances k, each of at most one undominated type (binary y), and whole numbers of each item on
 * each (x). As many instances as could cost less than `ceiling`, so that its optimum is that of the packing.
 */
export function mipModel(problem: PackingProblem, ceiling: number): Model {
  const { items } = problem;
  const types = undominated(problem.hosts);
  const tasks = items.reduce((sum, item) => sum + item.count, 0);
  const instances = Math.min(tasks, Math.floor(ceiling / Math.min(...types.map((type) => type.cost))));
  const slots = Array.from({ length: instances }, (_, k) => k);
  const choice = (k: number, weight: (type: PackingHost) => number, sign = "+") =>
    types
      .map((type, j) => [weight(type), `y${k}_${j}`] as const)
      .filter(([amount]) => amount !== 0)
      .map(([amount, name]) => `${sign} ${amount} ${name}`);
  const rows = [
    ...items.map((item, i) => `${slots.map((k) => `+ x${i}_${k}`).join("\n ")} = ${item.count}`),
    ...slots.map((k) => `${choice(k, () => 1).join("\n ")} <= 1`),
    ...slots.flatMap((k) =>
      (types[0]?.capacity ?? []).map((_, at) => {
        const used = items.flatMap((item, i) => (item.amounts[at] ? [`+ ${item.amounts[at]} x${i}_${k}`] : []));
        return `${[...used, ...choice(k, (type) => type.capacity[at] ?? 0, "-")].join("\n ")} <= 0`;
      }),
    ),
  ];
  const bounds = items.flatMap((item, i) => slots.map((k) => `0 <= x${i}_${k} <= ${item.perHostMax ?? item.count}`));
  const text = [
    ...["Minimize", ` cost: ${slots.flatMap((k) => choice(k, (type) => type.cost / billion)).join("\n ")}`],
    ...["Subject To", ...rows.map((row, at) => ` r${at}: ${row}`), "Bounds", ...bounds],
    ...["General", ...items.flatMap((_, i) => slots.map((k) => ` x${i}_${k}`))],
    ...["Binary", ...slots.flatMap((k) => types.map((_, j) => ` y${k}_${j}`)), "End", ""],
  ].join("\n");
  return { problem, text, types };
}

/** HiGHS compiled to WebAssembly, in this process. */
export async function solveByHighs(model: Model): Promise<MipAnswer> {
  const { default: loaded } = await import("highs");
  // Its types are written for CommonJS, where the function is one default further in.
  const load = loaded as unknown as (typeof loaded)["default"];
  const highs = await load();
  const started = performance.now();
  try {
    const solution = highs.solve(model.text, { time_limit: secondsMax, mip_rel_gap: 0, output_flag: false });
    const milliseconds = performance.now() - started;
    const columns = Object.entries(solution.Columns);
    const chosen = columns.map(([name, column]) => [name, "Primal" in column ? column.Primal : 0] as const);
    return { cost: costOf(model, chosen), optimal: solution.Status === "Optimal", milliseconds };
  } catch {
    // It throws where it has found nothing.
    return { cost: null, optimal: false, milliseconds: performance.now() - started };
  }
}

/** The `cbc` on the path; null where there is none. */
export function solveByCbc(model: Model): MipAnswer | null {
  const folder = mkdtempSync(join(tmpdir(), "stowage-bench-"));
  const started = performance.now();
  try {
    writeFileSync(join(folder, "packing.lp"), model.text);
    const words = ["packing.lp", "sec", `${secondsMax}`, "ratio", "0", "solve", "solution", "packing.sol"];
    execFileSync("cbc", words, { cwd: folder, stdio: "ignore" });
    const [status = "", ...lines] = readFileSync(join(folder, "packing.sol"), "utf8").trim().split("\n");
    const chosen = lines
      .map((line) => line.trim().split(/\s+/))
      .map(([, name = "", value]) => [name, Number(value)] as const);
    const cost = costOf(model, chosen);
    return { cost, optimal: status.startsWith("Optimal"), milliseconds: performance.now() - started };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    return { cost: null, optimal: false, milliseconds: performance.now() - started };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In billionths, of the instances that have a type; null where they do not hold the tasks, whole numbers of them. */
function costOf(
  { problem, types }: Model,
  columns: readonly (readonly [name: string, value: number])[],
): number | null {
  const instances = new Map<string, { host: number; contents: number[] }>();
  for (const pass of ["y", "x"]) {
    for (const [name, value] of columns) {
      const [, letter, first = "", second = ""] = /^([xy])(\d+)_(\d+)$/.exec(name) ?? [];
      if (letter !== pass || Math.round(value) === 0) continue;
      const type = types[Number(second)];
      if (pass === "y" && type)
        instances.set(first, { host: problem.hosts.indexOf(type), contents: problem.items.map(() => 0) });
      const contents = instances.get(second)?.contents;
      if (pass === "x" && contents) contents[Number(first)] = Math.round(value);
    }
  }
  const fleet = [...instances.values()].map((instance) => ({ ...instance, count: 1 }));
  const cost = fleet.reduce((sum, { host }) => sum + (problem.hosts[host]?.cost ?? 0), 0);
  return fleetFaults(problem, { instances: fleet, cost, lowerBound: 0 }).length === 0 ? cost : null;
}
