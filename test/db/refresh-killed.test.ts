import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
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

/** Several databases, each in a state of its own, so that several processes can be killed at a time. */
interface Lanes {
  /** Directories, or addresses. */
  readonly all: readonly string[];
  remove(): Promise<void> | void;
}

const lanesMax = 2;
const killsPerLane = 10;

async function makeDirectories(): Promise<Lanes> {
  const base = mkdtempSync(join(tmpdir(), "stowage-"));
  const all = Array.from({ length: lanesMax }, (_, n) => join(base, `data-${n}`));
  const [first = "", ...rest] = all;
  await (await openDatabase({ dataDirectory: first })).close();
  for (const directory of rest) cpSync(first, directory, { recursive: true });
  return { all, remove: () => rmSync(base, { recursive: true, force: true }) };
}

async function makeDatabases(): Promise<Lanes> {
  const first = await createDatabase();
  await prepareServer(first.url);
  const own = [first];
  while (own.length < lanesMax) own.push(await createDatabase(first.url));
  return {
    all: own.map(({ url }) => url),
    remove: async () => {
      for (const { drop } of own) await drop();
    },
  };
}

const places = [
  { name: "the embedded Postgres", make: makeDirectories },
  ...(serverUrl === null ? [] : [{ name: "a Postgres server", make: makeDatabases }]),
];

/** Runs the program and kills it so long after it has begun its second refresh. What it said, and how long that refresh took. */
async function run(where: string, turn: number, afterMs: number) {
  const child = spawn(process.execPath, ["--liftoff-only", program, where, `${turn}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
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

const whole = { prices: 1200, orphans: 0, sizes: [1200], unfinished: 0, bundled: 94_095 };

/** The signals that ended the killed ones; fails where one left a mixture behind, or the next refresh does not succeed. */
async function killAgainAndAgain(where: string): Promise<(NodeJS.Signals | null)[]> {
  const { said: first, durationMs } = await run(where, 0, 60_000);
  expect(first).toEqual([
    { ...whole, versions: [], prices: 0, sizes: [] },
    { ...whole, versions: [1] },
    "refreshing",
    "done",
  ]);
  const ended: (NodeJS.Signals | null)[] = [];
  for (let turn = 1; turn <= killsPerLane; turn++) {
    const { said, signal } = await run(where, turn, Math.random() * durationMs);
    const [found, refreshed] = said as { readonly versions: readonly number[] }[];
    // Of the turn before, either what its first refresh wrote or what the second one did.
    expect([[2 * turn - 1], [2 * turn]]).toContainEqual(found?.versions);
    expect(found).toEqual({ ...whole, versions: found?.versions });
    expect(refreshed).toEqual({ ...whole, versions: [2 * turn + 1] });
    ended.push(signal);
  }
  const { said: last } = await run(where, killsPerLane + 1, 60_000);
  expect(last[1]).toEqual({ ...whole, versions: [2 * killsPerLane + 3] });
  return ended;
}

describe.each(places)("on $name", ({ make }) => {
  let lanes: Lanes;
  beforeAll(async () => {
    lanes = await make();
  }, 60_000);
  afterAll(() => lanes.remove());

  test("killed at 20 random points of a refresh, the next one finds the old prices or the new ones, never a mixture, and succeeds", async () => {
    const ended = (await Promise.all(lanes.all.map(killAgainAndAgain))).flat();
    expect(ended).toHaveLength(20);
    // Some may have got away, having been done before.
    expect(ended.filter((signal) => signal === "SIGKILL").length).toBeGreaterThan(10);
  }, 240_000);
});
