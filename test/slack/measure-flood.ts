/**
 * How long a Node server takes to acknowledge 200 commands of Slack's at once, three times over, after a first time to warm it up, and until all are
 * answered, by a stand-in for Slack that fails or hangs at four of ten answers first:
 *
 *     npm run --silent bench:slack
 */
import { fakeSlack } from "./fake-slack.ts";
import { answersTo, comparisons, flood } from "./flood.ts";
import { startSlackServer } from "./start-slack-server.ts";

const print = (...cells: readonly (string | number)[]) =>
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(10)).join("")}\n`);

await using slack = await fakeSlack();
await using server = await startSlackServer(slack.url);
await answersTo(slack, await flood(server.url, comparisons(1, 200)), 100);
print("commands", "p50 ms", "p99 ms", "max ms", "answered", "once", "seconds");
for (const round of [1, 2, 3]) {
  const begun = performance.now();
  const flooded = await flood(server.url, comparisons(round * 1000, 200));
  const answers = await answersTo(slack, flooded, 100);
  const at = (part: number) => Math.round(flooded.milliseconds[Math.ceil(200 * part) - 1] ?? 0);
  const answered = answers.filter(({ length }) => length > 0).length;
  const once = answers.filter(({ length }) => length === 1).length;
  print(200, at(0.5), at(0.99), at(1), answered, once, Math.round((performance.now() - begun) / 1000));
}
