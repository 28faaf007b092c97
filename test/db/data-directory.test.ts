import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findComparison } from "../../db/comparisons.ts";
import { openDatabase } from "../../db/connect.ts";
import { takeDataDirectory } from "../../db/data-directory.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { DataDirectoryInUse } from "../../db/problems.ts";

const holder = fileURLToPath(new URL("hold-directory.ts", import.meta.url));
const modeOf = (path: string) => statSync(path).mode & 0o777;

let base: string;
let directory: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "stowage-"));
  directory = join(base, "data");
});

afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  rmSync(base, { recursive: true, force: true });
});

function start(how: "lock" | "blocked" | "database"): ChildProcess {
  const child = spawn(process.execPath, [holder, directory, how], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return child;
}

async function hold(how: "lock" | "blocked" | "database"): Promise<ChildProcess> {
  const child = start(how);
  const [said] = await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
  expect(String(said)).toBe("held\n");
  return child;
}

/** As `kill -9` and the out-of-memory killer do: no handler runs. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

describe("the data directory", () => {
  test("is made with mode 0700, and made 0700 again where it was opened up", () => {
    takeDataDirectory(directory).release();
    expect(modeOf(directory)).toBe(0o700);
    chmodSync(directory, 0o755);
    takeDataDirectory(directory).release();
    expect(modeOf(directory)).toBe(0o700);
  });

  test("keeps its mode where it holds what is not ours, and gets 0700 where it is empty", () => {
    mkdirSync(directory, { mode: 0o755 });
    writeFileSync(join(directory, "letter.txt"), "");
    takeDataDirectory(directory).release();
    expect(modeOf(directory)).toBe(0o755);
    const empty = join(base, "empty");
    mkdirSync(empty, { mode: 0o755 });
    takeDataDirectory(empty).release();
    expect(modeOf(empty)).toBe(0o700);
  });

  test("is refused to a second taker in the same process, by the first one's process id", () => {
    const first = takeDataDirectory(directory);
    expect(() => takeDataDirectory(directory)).toThrow(
      `${directory} is in use by process ${process.pid}. Stop that process`,
    );
    first.release();
    takeDataDirectory(directory).release();
    expect(existsSync(join(directory, "owner.json"))).toBe(false);
  });

  test("names its owner's process and address to another process, and is free at once when the owner is killed with -9", async () => {
    const owner = await hold("lock");
    const refused = expect.objectContaining({
      name: "DataDirectoryInUse",
      directory,
      owner: { pid: owner.pid, url: "http://127.0.0.1:8787", startedAt: expect.stringMatching(/^20\d\d-/) },
    });
    expect(() => takeDataDirectory(directory)).toThrow(refused);
    await expect(openDatabase({ dataDirectory: directory })).rejects.toThrow(DataDirectoryInUse);
    await kill(owner);
    const taken = takeDataDirectory(directory);
    expect(JSON.parse(readFileSync(join(directory, "owner.json"), "utf8"))).toMatchObject({
      pid: process.pid,
      url: null,
    });
    taken.release();
  });

  test("stays locked while its owner's event loop is blocked", async () => {
    const owner = await hold("blocked");
    expect(() => takeDataDirectory(directory)).toThrow(`process ${owner.pid} (http://127.0.0.1:8787)`);
  });

  test("goes to exactly one of six processes that start at once", async () => {
    const six = Array.from({ length: 6 }, () => start("lock"));
    const outcomes = await Promise.all(
      six.map((child) =>
        Promise.race([
          once(child.stdout ?? child, "data").then(() => "held"),
          once(child, "exit").then(() => "refused"),
        ]),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "held")).toHaveLength(1);
  });
});

describe("the embedded database in a directory", () => {
  test("keeps what was stored, and its prices, when its process is killed with -9, and opens again at once", async () => {
    const owner = await hold("database");
    await kill(owner);
    const opened = await openDatabase({ dataDirectory: directory });
    expect(await findComparison(opened.database, "kept")).toBe("through kill -9");
    expect(modeOf(join(directory, "postgres"))).toBe(0o700);
    const book = await readPriceBook(opened.database, { region: "us-east-1" });
    expect(book.ok && book.value.prices.get("ec2/linux/m5.large")?.[0]?.unitPrice.toString()).toBe("0.096");
    await opened.close();
  }, 60_000);

  test("killed in the middle of its first start, it starts afresh the next time", async () => {
    const owner = start("database");
    while (!existsSync(join(directory, "postgres.new"))) await new Promise((resolve) => setTimeout(resolve, 5));
    await kill(owner);
    expect(existsSync(join(directory, "postgres"))).toBe(false);
    const opened = await openDatabase({ dataDirectory: directory });
    expect((await readPriceBook(opened.database, { region: "eu-west-1" })).ok).toBe(true);
    await opened.close();
    expect(existsSync(join(directory, "postgres.new"))).toBe(false);
  }, 60_000);

  test("is seeded once: the second opening finds the snapshot of the first", async () => {
    const first = await openDatabase({ dataDirectory: directory });
    const before = await readPriceBook(first.database, { region: "us-east-1" });
    await first.close();
    const second = await openDatabase({ dataDirectory: directory });
    const after = await readPriceBook(second.database, { region: "us-east-1" });
    expect(after).toEqual(before);
    await second.close();
  }, 60_000);
});
