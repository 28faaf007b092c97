import { exitWith } from "./exit-with.ts";
import { coverage } from "./prices/coverage.ts";
import { refresh } from "./prices/refresh.ts";
import { show } from "./prices/show.ts";
import { snapshots } from "./prices/snapshots.ts";

const usage = `Usage: npm run --silent prices -- <command>

  coverage    what is priced where, with the age of the prices
  refresh     read prices from AWS and write what has changed as a new snapshot
  show        the prices of a region, with source and date
  snapshots   what became known when

Each with --help says more. Exit codes: 0 done, 1 something could not be done
(said on standard error), 2 words that make no sense.`;

/** Each is given the words after its name, and tells its exit code. */
const commands = new Map([
  ["coverage", coverage],
  ["refresh", refresh],
  ["show", show],
  ["snapshots", snapshots],
]);

const [name = "", ...rest] = process.argv.slice(2);
const command = commands.get(name);
if (command === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  await exitWith(() => command(rest));
}
