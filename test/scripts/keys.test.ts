import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { prepareServer } from "../../db/prepare-server.ts";
import { createDatabase, serverUrl } from "../db/engines.ts";
import { root } from "../house/repository.ts";
import { newDirectory, startServer } from "../server/start-server.ts";

const directory = newDirectory();
const STOWAGE_DATA = directory.path;
afterAll(() => directory.remove());

/** `npm run` without npm, in an environment with these settings alone. */
async function script(name: string, words: readonly string[], settings: Record<string, string> = { STOWAGE_DATA }) {
  const child = spawn(process.execPath, ["--liftoff-only", join(root, `scripts/${name}.ts`), ...words], {
    cwd: root,
    env: settings,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output, errors };
}

/** Ended with the test, however that ends. */
async function serving(settings: Record<string, string>) {
  const server = await startServer(settings);
  onTestFinished(async () => {
    await server.stop();
  });
  return server;
}

const bearer = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });
const create = (scope: string) => ["create", "--name", `the ${scope}`, "--scope", scope];

describe("npm run keys --", () => {
  let admin: string;

  test("create prints nothing but the key on standard output, and a server may then listen to the network", async () => {
    const { code, output, errors } = await script("keys", create("admin"));
    expect([code, errors]).toEqual([0, expect.stringMatching(/^Key [0-9a-f]{12}, scope admin, without end\./)]);
    expect(output).toMatch(/^stw_[0-9a-f]{12}_[0-9a-f]{64}\n$/);
    admin = output.trim();
    const server = await serving({ STOWAGE_DATA, HOST: "0.0.0.0" });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.output()).toContain("for whoever has an API key.");
    expect(server.output()).toContain('-H "Authorization: Bearer $STOWAGE_API_KEY"');
    const statuses = [await fetch(`${server.url}/v1/keys`), await fetch(`${server.url}/v1/keys`, bearer(admin))];
    expect(statuses.map(({ status }) => status)).toEqual([401, 200]);
    await server.stop();
    expect(server.output()).not.toContain(admin.slice(-20));
  }, 120_000);

  test("asks a running server that holds the directory, which takes a key: STOWAGE_API_KEY", async () => {
    const server = await serving({ STOWAGE_DATA });
    const refused = await script("keys", ["list"]);
    expect([refused.code, refused.errors]).toEqual([2, expect.stringContaining("Set STOWAGE_API_KEY")]);
    const settings = { STOWAGE_DATA, STOWAGE_API_KEY: admin };
    const reader = (await script("keys", create("read"), settings)).output.trim();
    const listed = await script("keys", ["list"], settings);
    expect(listed.output.split("\n").map((line) => line.split(/ {2,}/)[1])).toEqual([
      "scope",
      "admin",
      "read",
      undefined,
    ]);
    const { status } = await fetch(`${server.url}/v1/snapshots`, bearer(reader));
    const id = reader.split("_")[1] ?? "";
    const revoked = await script("keys", ["revoke", id], settings);
    expect([status, revoked.output]).toEqual([200, `Key ${id} is revoked.\n`]);
    expect((await fetch(`${server.url}/v1/snapshots`, bearer(reader))).status).toBe(401);
  }, 120_000);

  test("compare asks that server with the same key", async () => {
    await serving({ STOWAGE_DATA });
    const words = ["test/golden/shop/input.json"];
    const refused = await script("compare", words);
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining("Set STOWAGE_API_KEY")]);
    const answered = await script("compare", words, { STOWAGE_DATA, STOWAGE_API_KEY: admin });
    expect([answered.code, answered.errors]).toEqual([0, ""]);
  }, 120_000);

  test("revoke of the last one leaves a server that answers nobody: 401, and that does not start on the network again", async () => {
    const server = await serving({ STOWAGE_DATA, HOST: "0.0.0.0" });
    const id = admin.split("_")[1] ?? "";
    expect((await script("keys", ["revoke", id], { STOWAGE_DATA, STOWAGE_API_KEY: admin })).code).toBe(0);
    for (const path of ["/v1/snapshots", "/v1/keys", "/nowhere"]) {
      const statuses = [await fetch(server.url + path), await fetch(server.url + path, bearer(admin))];
      expect(statuses.map(({ status }) => status)).toEqual([401, 401]);
    }
    await server.stop();
    await expect(startServer({ STOWAGE_DATA, HOST: "0.0.0.0" })).rejects.toThrow("no API key is in force");
  }, 120_000);

  test.each([
    [[], 2, /^Usage: /],
    [["create"], 2, /name must be .+\nscope must be one of read, write, admin\./],
    [["create", "--name", "a", "--scope", "read", "--expires", "soon"], 2, /expires must be a day/],
    [["create", "--nmae", "a"], 2, /--nmae/],
    [["revoke"], 2, /^Usage: /],
    [["revoke", "0123456789ab"], 2, /^There is no key of this id\./],
  ])("%j is refused by name", async (words, code, message) => {
    const refused = await script("keys", words);
    expect([refused.code, refused.output]).toEqual([code, ""]);
    expect(refused.errors).toMatch(message);
  });
});

describe.each(serverUrl === null ? [] : [serverUrl])("on a Postgres server", () => {
  test("keys are made beside a running server, which then needs them within a minute", async () => {
    const own = await createDatabase();
    await prepareServer(own.url);
    const settings = { DATABASE_URL: own.url };
    const first = (await script("keys", create("read"), settings)).output.trim();
    const server = await serving({ ...settings, HOST: "0.0.0.0" });
    const second = (await script("keys", create("read"), settings)).output.trim();
    const statuses = [
      await fetch(`${server.url}/v1/snapshots`, bearer(first)),
      await fetch(`${server.url}/v1/snapshots`, bearer(second)),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200]);
    await script("keys", ["revoke", second.split("_")[1] ?? ""], settings);
    const start = performance.now();
    while ((await fetch(`${server.url}/v1/snapshots`, bearer(second))).status === 200) {
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(performance.now() - start).toBeLessThan(60_000);
    await server.stop();
    await own.drop();
  }, 120_000);
});
