import type { HostType } from "../../../api/core/model/placement.ts";
import { pack } from "../../../api/core/placement/packing/pack.ts";
import { table } from "../../../api/present/layout.ts";
import { bestSingleType } from "./first-fit.ts";
import { type MipAnswer, mipModel, solveByCbc, solveByHighs } from "./mip.ts";
import { problemsOf, type TaskSet } from "./sets.ts";
import type { PackingWords } from "./words.ts";

interface Contest {
  readonly set: TaskSet;
  readonly cost: number;
  readonly lowerBound: number;
  readonly milliseconds: number;
  readonly highs: MipAnswer;
  /** Null: not installed. */
  readonly cbc: MipAnswer | null;
}

/** The same problems as mixed-integer programs, to general solvers. */
export async function benchMip(read: PackingWords, hostTypes: readonly HostType[]): Promise<Contest[]> {
  const contests: Contest[] = [];
  for (const variant of read.variants) {
    for (const shapes of read.shapes) {
      for (const tasks of read.tasks) {
        for (let seed = 0; seed < read.seeds; seed++) {
          contests.push(await contest({ shapes, tasks, variant, seed }, read, hostTypes));
        }
      }
    }
  }
  return contests;
}

async function contest(set: TaskSet, { effort }: PackingWords, hostTypes: readonly HostType[]): Promise<Contest> {
  const [problem] = problemsOf(set, hostTypes, effort);
  if (problem === undefined) throw new Error("A set has at least one problem");
  const started = performance.now();
  const packing = pack(problem);
  const milliseconds = performance.now() - started;
  if (packing === null) throw new Error("A set always fits");
  const model = mipModel(problem, bestSingleType(problem) ?? packing.cost);
  const { cost, lowerBound } = packing;
  return { set, cost, lowerBound, milliseconds, highs: await solveByHighs(model), cbc: solveByCbc(model) };
}

export function mipText(contests: readonly Contest[]): string {
  const answer = (mip: MipAnswer | null, cost: number) => {
    if (mip === null) return ["-", "-"];
    const above = mip.cost === null ? "none" : `${((mip.cost / cost - 1) * 100).toFixed(2)}`;
    return [`${(mip.milliseconds / 1000).toFixed(1)}`, mip.optimal ? `${above}*` : above];
  };
  const rows = contests.map(({ set, cost, lowerBound, milliseconds, highs, cbc }) => [
    ...[`${set.shapes}`, `${set.tasks}`, set.variant, `${set.seed}`, milliseconds.toFixed(0)],
    ...[((cost / lowerBound - 1) * 100).toFixed(3), ...answer(highs, cost), ...answer(cbc, cost)],
  ]);
  const heading = ["shapes", "tasks", "variant", "seed", "ms", "gap %", "HiGHS s", "+%", "CBC s", "+%"];
  return [...table([heading, ...rows], [0, 1, 3, 4, 5, 6, 7, 8, 9]), "* proven optimal by that solver"].join("\n");
}
