import { readFileSync } from "node:fs";
import { json } from "node:stream/consumers";
import type { PackingProblem } from "../../../api/core/model/packing.ts";
import { pack } from "../../../api/core/placement/packing/pack.ts";

/** A process of its own: reads a problem, packs it once, and prints the MiB that its memory grew by at the most. */
const problem = (await json(process.stdin)) as PackingProblem;
globalThis.gc?.();
const idleKiB = process.memoryUsage.rss() / 1024;
const packing = pack(problem);
console.log(packing === null ? "null" : JSON.stringify((peakKiB() - idleKiB) / 1024));

/** Of this process alone, where the system tells: to `maxRSS` Linux adds what the process that started it held at that time. */
function peakKiB(): number {
  const { maxRSS } = process.resourceUsage();
  if (process.platform !== "linux") return maxRSS;
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? maxRSS);
}
