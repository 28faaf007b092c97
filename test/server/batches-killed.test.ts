import { describe, expect, test } from "vitest";
import { prepareServer } from "../../db/prepare-server.ts";
import { createDatabase, serverUrl } from "../db/engines.ts";
import { distinct, killHalfWay, requestAt } from "./kill-half-way.ts";
import { newDirectory } from "./start-server.ts";

interface Place {
  readonly settings: Readonly<Record<string, string>>;
  remove(): unknown;
}

const places: readonly (readonly [string, () => Promise<Place>])[] = [
  [
    "a data directory",
    () => {
      const directory = newDirectory();
      return Promise.resolve({ settings: { STOWAGE_DATA: directory.path }, remove: directory.remove });
    },
  ],
  [
    "a Postgres server",
    async () => {
      const own = await createDatabase();
      await prepareServer(own.url);
      return { settings: { DATABASE_URL: own.url }, remove: own.drop };
    },
  ],
];

const count = 400;

describe.each(serverUrl === null ? places.slice(0, 1) : places)("a batch on %s, killed half-way,", (_, make) => {
  test(`goes on after a new start: ${count} items, none lost, none doubled, each with the total that it has alone`, async () => {
    const place = await make();
    const killed = await killHalfWay(place.settings, count);
    const alone = await Promise.all(Array.from({ length: distinct }, (__, at) => killed.ask(requestAt(at))));
    await killed.stop();
    await place.remove();

    expect(killed.answeredWhenKilled).toBeGreaterThanOrEqual(count / 2);
    expect(killed.answeredWhenKilled).toBeLessThan(count);
    expect(killed.end).toMatchObject({ done: true, succeeded: count, failed: 0 });
    const byNumber = killed.items.toSorted((a, b) => a.number - b.number);
    expect(byNumber.map(({ number, key }) => [number, key])).toEqual(
      Array.from({ length: count }, (__, at) => [at + 1, `item ${at + 1}`]),
    );
    const isRight = byNumber.map(({ number, comparison, totals }) => {
      const expected = alone[number % distinct];
      return comparison === expected?.comparison && totals.fargate === expected.totals.fargate;
    });
    expect(isRight.filter((right) => !right)).toEqual([]);
    expect(killed.secondsAfterRestart).toBeLessThan(120);
  }, 300_000);
});
