import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { HostType } from "../../../api/core/model/placement.ts";
import { problemsOf, type TaskSet } from "./sets.ts";

/** Peak above idle of a process that packs the set and does nothing else. */
export function memoryMiB(set: TaskSet, hostTypes: readonly HostType[]): number {
  const [problem] = problemsOf(set, hostTypes, "standard");
  const file = fileURLToPath(new URL("./memory.ts", import.meta.url));
  const input = JSON.stringify(problem);
  return Number(execFileSync(process.execPath, ["--expose-gc", file], { input, encoding: "utf8" }));
}
