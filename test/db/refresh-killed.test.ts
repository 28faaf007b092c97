import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../db/connect.ts";
import { prepareServer } from "../../db/prepare-server.ts";
import { createDatabase, serverUrl } from "./engines.ts";

const program = fileURLToPath(new URL("refresh-to-be-killed.ts", import.meta.url));

interface Place {
  /** A directory, or an address. */
  readonly where: string;
  remove(): Promise<void> | void;
}

const places: readonly { readonly name: string; make(): Promise<Place> }[] = [
  {
    name: "the embedded Postgres",
    make: async () => {
      const base = mkdtempSync(join(tmpdir(), "stowage-"));
      const where = join(base, "data");
      await (await openDatabase({ dataDirectory: where })).close();
      return { where, remove: () => rmSync(base, { recursive: true, force: true }) };
    },
  },
  ...(serverUrl === null
    ? []
    : [
        {
          name: "a Postgres server",
          make: async () => {
            const own = await createDatabase();
            await prepareServer(own.url);
            return { where: own.url, remove: own.drop };
          },
        },
      ]),
];

/** Runs the program and kills it so long after it has begun its second refresh. What it said, and how long that refresh took. */
async function run(where: string, turn: number, afterMs: number) {
  const child = spawn(process.execPath, [program, where, `${turn}`], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  const said: unknown[] = [];
  let startedMs = 0;
  for await (const line of createInterface(child.stdout)) {
    said.push(JSON.parse(line));
    if (said.at(-1) !== "refreshing") continue;
    startedMs = performance.now();
    void setTimeout(afterMs).then(() => child.kill("SIGKILL"));
  }
  await gone;
  return { said, signal: child.signalCode, durationMs: performance.now() - startedMs };
}

const whole = { prices: 1200, orphans: 0, sizes: [1200], unfinished: 0, bundled: 94_090 };

describe.each(places)("on $name", ({ make }) => {
  let place: Place;
  beforeAll(async () => {
    place = await make();
  }, 60_000);
  afterAll(() => place.remove());

  test("killed at 20 random points of a refresh, the next one finds the old prices or the new ones, never a mixture, and succeeds", async () => {
    const { said: first, durationMs } = await run(place.where, 0, 60_000);
    expect(first).toEqual([
      { ...whole, versions: [], prices: 0, sizes: [] },
      { ...whole, versions: [1] },
      "refreshing",
      "done",
    ]);
    const killed: unknown[] = [];
    for (let turn = 1; turn <= 20; turn++) {
      // From the very beginning to a little after the usual end.
      const { said, signal } = await run(place.where, turn, Math.random() * durationMs);
      const [found, refreshed] = said as { readonly versions: readonly number[] }[];
      // Of the turn before, either what its first refresh wrote or what the second one did.
      expect([[2 * turn - 1], [2 * turn]]).toContainEqual(found?.versions);
      expect(found).toEqual({ ...whole, versions: found?.versions });
      expect(refreshed).toEqual({ ...whole, versions: [2 * turn + 1] });
      killed.push(signal);
    }
    expect(killed).toContain("SIGKILL");
    const { said: last } = await run(place.where, 21, 60_000);
    expect(last[1]).toEqual({ ...whole, versions: [43] });
  }, 240_000);
});
