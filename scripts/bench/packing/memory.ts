import { json } from "node:stream/consumers";
import type { PackingProblem } from "../../../api/core/model/packing.ts";
import { pack } from "../../../api/core/placement/packing/pack.ts";

/** A process of its own: reads a problem, packs it once, and prints the MiB that its memory grew by at the most. */
const problem = (await json(process.stdin)) as PackingProblem;
globalThis.gc?.();
const idleKiB = process.memoryUsage.rss() / 1024;
const packing = pack(problem);
// Resident memory has no reset: the peak before is that of reading the problem, a few MiB above idle at the most.
const peakKiB = process.resourceUsage().maxRSS;
console.log(packing === null ? "null" : JSON.stringify((peakKiB - idleKiB) / 1024));
