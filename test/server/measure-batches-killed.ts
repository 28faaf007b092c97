import { killHalfWay } from "./kill-half-way.ts";
import { newDirectory } from "./start-server.ts";

/** A batch of 5,000 workloads killed half-way, on a new data directory: what of it there is in the end, and how long the rest took. */
const count = 5000;
const directory = newDirectory();
const killed = await killHalfWay({ STOWAGE_DATA: directory.path }, count);
await killed.stop();
directory.remove();
const numbers = new Set(killed.items.map(({ number }) => number));
const { size } = numbers;
const lines = [
  `${count} workloads, killed with ${killed.answeredWhenKilled} answered, ${killed.secondsAfterSent.toFixed(0)} s after they were sent`,
  `in the result: ${size}, doubled: ${killed.items.length - size}, lost: ${count - size}`,
  `${killed.secondsAfterRestart.toFixed(0)} s from the new start to the last line, ${JSON.stringify(killed.end)}`,
];
process.stdout.write(`${lines.join("\n")}\n`);
