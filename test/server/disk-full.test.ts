import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { guardedClient } from "../../db/guarded-client.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import { posting } from "../routes/memory-app.ts";
import { startServer } from "./start-server.ts";

const disk = smallDisk(260);

test("a disk without room refuses writes to the embedded Postgres and lets it read; what has gone wrong within is asked no more", async () => {
  const asked: string[] = [];
  const fake = {
    query(text: string) {
      asked.push(text);
      return text === "select panic"
        ? Promise.reject(Object.assign(new Error("no log"), { severity: "PANIC" }))
        : "rows";
    },
  };
  // A file system without a byte to give.
  const client = guardedClient(fake as never, "/proc");

  expect(await client.query("select 1")).toBe("rows");
  expect(isUnreachable(await client.query("insert").catch((error: unknown) => error))).toBe(true);
  await expect(client.query("select panic")).rejects.toThrow("no log");
  expect(isUnreachable(await client.query("select 2").catch((error: unknown) => error))).toBe(true);
  expect(client.isBroken()).toBe(true);
  expect(asked).toEqual(["select 1", "select panic"]);
});

/** What a machine lets nobody mount cannot be tried there. */
describe.each(disk === null ? [] : [disk])("a server with the directory on a disk that fills up", () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  afterAll(async () => {
    await server.stop("SIGKILL");
    disk?.remove();
  });

  const ask = (path: string, init: RequestInit = {}) => fetch(server.url + path, init);
  const put = async (number: number) => {
    const response = await ask(`/v1/load-profiles/p${number}`, { ...posting(profile(number)), method: "PUT" });
    await response.text();
    return response;
  };
  const isWhole = async (number: number) => {
    const found = await ask(`/v1/load-profiles/p${number}`);
    return found.ok && JSON.stringify(await found.json()) === JSON.stringify(profile(number));
  };

  test("refuses writes with 503, goes on reading, and has all that it acknowledged once there is room again", async () => {
    const STOWAGE_DATA = join(disk?.path ?? "", "data");
    const ballast = join(disk?.path ?? "", "ballast");
    server = await startServer({ STOWAGE_DATA });
    const compared = await ask("/v1/comparisons", posting(comparisonExample));
    const address = compared.headers.get("Location") ?? "";
    const bytes = await compared.text();
    fillUpTo((64 + 6) * mebibyte, ballast);

    let stored = 0;
    let refused = await put(1);
    while (refused.ok) {
      stored += 1;
      refused = await put(stored + 1);
    }
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "5"]);
    expect(await (await ask(address)).text()).toBe(bytes);
    expect(await isWhole(stored)).toBe(true);
    expect((await ask("/v1/comparisons", posting({ ...comparisonExample, seed: 9 }))).status).toBe(200);
    expect((await ask("/healthz")).status).toBe(200);

    rmSync(ballast);
    expect((await put(stored + 1)).status).toBe(204);
    stored += 1;
    await server.stop("SIGKILL");

    server = await startServer({ STOWAGE_DATA });
    expect(stored).toBeGreaterThan(2);
    for (let number = 1; number <= stored; number += 1) expect(await isWhole(number)).toBe(true);
    expect(await isWhole(stored + 1)).toBe(false);
    expect(await (await ask(address)).text()).toBe(bytes);
    expect(await server.stop()).toBe(0);
  });
});

const mebibyte = 1024 ** 2;

/** A megabyte that does not compress well. */
function profile(seed: number): object {
  let state = seed;
  const noise = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 1000;
  };
  return Array.from({ length: 4000 }, () => ({ daily: Array.from({ length: 24 }, noise), unit: "vCPU" }));
}

/** Leaves so many bytes. */
function fillUpTo(left: number, path: string): void {
  try {
    while (true) writeFileSync(path, Buffer.alloc(mebibyte), { flag: "a" });
  } catch {
    truncateSync(path, statSync(path).size - left);
  }
}

function smallDisk(mebibytes: number) {
  const path = mkdtempSync(join(tmpdir(), "stowage-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", path], { stdio: "ignore" });
  } catch {
    rmSync(path, { recursive: true });
    return null;
  }
  return {
    path,
    remove() {
      execFileSync("umount", ["--lazy", path]);
      rmSync(path, { recursive: true });
    },
  };
}
