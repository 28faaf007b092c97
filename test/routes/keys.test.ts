import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessRules } from "../../api/routes/access-rules.ts";
import { apiKey } from "../../db/access-schema.ts";
import { revokeKey } from "../../db/keys.ts";
import { type Scope, scopes } from "../../db/scope.ts";
import { appOver, exampleWith, type MemoryApp, openMemoryApp, posting, problemsIn } from "./memory-app.ts";

let memory: MemoryApp;
let app: ReturnType<typeof appOver>;
beforeAll(async () => {
  memory = await openMemoryApp();
}, 60_000);
afterAll(() => memory.close());

let keys: Readonly<Record<Scope, string>>;
beforeEach(async () => {
  await memory.database.delete(apiKey);
  app = appOver(memory.database);
  const [admin = ""] = [await made({ name: "admin", scope: "admin" })];
  keys = {
    admin,
    read: await made({ name: "ci", scope: "read" }, admin),
    write: await made({ name: "ops", scope: "write" }, admin),
  };
});

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

async function made(asked: object, by = ""): Promise<string> {
  const response = await app.ask("/v1/keys", posting(asked, by === "" ? {} : bearer(by)));
  expect(response.status).toBe(201);
  return ((await response.json()) as { key: string }).key;
}

async function statusOf(path: string, key: string, method = "GET"): Promise<number> {
  return (await app.ask(path, { method, headers: bearer(key) })).status;
}

describe("a key", () => {
  test("is 256 random bits behind its id, told once: neither in the database nor in a list", async () => {
    const response = await app.ask(
      "/v1/keys",
      posting({ name: "new", scope: "read", expires: "2999-01-01" }, bearer(keys.admin)),
    );
    const { key, id, ...rest } = (await response.json()) as Record<string, string>;
    expect(key).toMatch(/^stw_[0-9a-f]{12}_[0-9a-f]{64}$/);
    expect(key?.split("_")[1]).toBe(id);
    expect(rest).toEqual({
      name: "new",
      scope: "read",
      createdAt: expect.any(String),
      expiresAt: "2999-01-01T00:00:00.000Z",
    });
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const listed = await (await app.ask("/v1/keys", { headers: bearer(keys.admin) })).text();
    const stored = JSON.stringify(await memory.database.select().from(apiKey));
    const secret = key?.split("_")[2] ?? "none";
    expect([listed.includes(id ?? "none"), stored.includes(id ?? "none")]).toEqual([true, true]);
    expect([listed.includes(secret), stored.includes(secret), listed.includes("hash")]).toEqual([false, false, false]);
    expect(JSON.stringify(app.log)).not.toContain(secret);
  });

  test("of any scope makes every request without one be refused, but for the reference and the monitor", async () => {
    for (const path of ["/v1/prices?region=us-east-1", "/v1/snapshots", "/nowhere"]) {
      expect([path, (await app.ask(path)).status, await statusOf(path, keys.read)]).toEqual([
        path,
        401,
        path === "/nowhere" ? 404 : 200,
      ]);
    }
    for (const path of ["/healthz", "/docs", "/docs/start.js", "/openapi.json"])
      expect((await app.ask(path)).status).toBe(200);
    expect((await app.ask("/v1/comparisons", posting(exampleWith({})))).status).toBe(401);
    expect((await app.ask("/v1/comparisons", posting(exampleWith({}), bearer(keys.read)))).status).toBe(200);
  });

  test("lets a request name any host, as behind a proxy; without keys it must be this machine", async () => {
    const host = { Host: "stowage.example" };
    expect((await app.ask("/v1/snapshots", { headers: { ...host, ...bearer(keys.read) } })).status).toBe(200);
    expect((await app.ask("/healthz", { headers: host })).status).toBe(200);
    await memory.database.delete(apiKey);
    const fresh = appOver(memory.database);
    expect((await fresh.ask("/v1/snapshots", { headers: host })).status).toBe(403);
    expect((await fresh.ask("/v1/snapshots")).status).toBe(200);
  });

  test("ends when revoked, at once, and no server opens again when the last one ends", async () => {
    const listed = (await (await app.ask("/v1/keys", { headers: bearer(keys.admin) })).json()) as {
      keys: { id: string }[];
    };
    const [own, ...others] = listed.keys.map(({ id }) => id);
    for (const id of [...others, own]) expect(await statusOf(`/v1/keys/${id}`, keys.admin, "DELETE")).toBe(204);
    for (const key of Object.values(keys)) expect(await statusOf("/v1/snapshots", key)).toBe(401);
    expect((await app.ask("/v1/snapshots")).status).toBe(401);
    expect((await appOver(memory.database).ask("/v1/snapshots")).status).toBe(401);
  });

  test("that was never made cannot be revoked: 404", async () => {
    expect(await statusOf("/v1/keys/0123456789ab", keys.admin, "DELETE")).toBe(404);
  });

  test.each([
    [{}, ["not_a_name name", "not_a_scope scope"]],
    [{ name: "a\nb", scope: "root" }, ["not_a_name name", "not_a_scope scope"]],
    [{ name: "a", scope: "read", expires: "tomorrow" }, ["not_a_day expires"]],
    [{ name: "a", scope: "read", expires: "2001-01-01" }, ["in_the_past expires"]],
    [{ name: "a", scope: "read", expiry: 1 }, ["unknown_field expiry"]],
    [[], ["wrong_type "]],
  ])("asked for with mistakes is refused with each of them: %j", async (asked, expected) => {
    const response = await app.ask("/v1/keys", posting(asked, bearer(keys.admin)));
    expect(response.status).toBe(422);
    expect((await problemsIn(response)).map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
  });
});

describe("a request is answered the same 401, word for word,", () => {
  const flipped = (key: string) => key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");
  test.each<readonly [string, () => Promise<string | null> | string | null]>([
    ["without a key", () => null],
    ["with another scheme", () => `Basic ${keys.admin}`],
    ["with the key alone", () => keys.admin],
    ["with nothing behind Bearer", () => "Bearer "],
    ["with two keys", () => `Bearer ${keys.admin}, Bearer ${keys.admin}`],
    ["with a key in capitals", () => `Bearer ${keys.admin.toUpperCase()}`],
    ["with a key cut short", () => `Bearer ${keys.admin.slice(0, -1)}`],
    ["with one bit wrong", () => `Bearer ${flipped(keys.admin)}`],
    ["with an id that nobody has", () => `Bearer stw_0123456789ab_${"0".repeat(64)}`],
    ["with a link's token", () => `Bearer ${keys.admin.replace("stw", "stl")}`],
    [
      "with a key that has expired",
      async () => {
        const key = await made({ name: "brief", scope: "read", expires: "2999-01-01" }, keys.admin);
        await memory.database.update(apiKey).set({ expiresAt: new Date() });
        return `Bearer ${key}`;
      },
    ],
    [
      "with a key that was revoked",
      async () => {
        await revokeKey(memory.database, keys.read.split("_")[1] ?? "", new Date());
        return `Bearer ${keys.read}`;
      },
    ],
  ])("%s", async (_, authorization) => {
    const Authorization = await authorization();
    const response = await app.ask("/v1/snapshots", Authorization === null ? {} : { headers: { Authorization } });
    expect([response.status, response.headers.get("WWW-Authenticate")]).toEqual([401, "Bearer"]);
    expect(await problemsIn(response)).toEqual([
      {
        ...{ code: "api_key_needed", path: "" },
        message:
          "This needs an API key: send one that is in force as Authorization: Bearer stw_… Whoever runs this server makes them.",
      },
    ]);
  });
});

interface Operation {
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}

describe("scopes", () => {
  test("every operation of /openapi.json has a rule, every rule an operation, and the description says the same", async () => {
    const description = JSON.parse(await (await app.ask("/openapi.json")).text());
    const operations = Object.entries(description.paths as Record<string, Record<string, Operation>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, { security }]) => [
          `${method.toUpperCase()} ${path}`,
          security.length === 0 ? "open" : (security[0]?.apiKey?.[0] ?? "signed"),
        ]),
    );
    expect(Object.fromEntries(operations)).toEqual(accessRules);
    expect(description.components.securitySchemes.apiKey).toMatchObject({ type: "http", scheme: "bearer" });
  });

  test.each(Object.entries(accessRules))(
    "%s needs %s: every lesser key gets 403 with its name, every other is let in",
    async (operation, rule) => {
      const [method = "", template = ""] = operation.split(" ");
      const path = template.replace(/\{\w+\}/, "nothing-here");
      for (const scope of scopes) {
        const response = await app.ask(path, { method, headers: bearer(keys[scope]) });
        const isEnough = rule === "open" || rule === "signed" || scopes.indexOf(scope) >= scopes.indexOf(rule);
        expect([scope, response.status === 403]).toEqual([scope, !isEnough]);
        expect(isEnough ? [] : await problemsIn(response)).toMatchObject(
          isEnough ? [] : [{ code: "scope_missing", message: expect.stringContaining(`the scope ${rule};`) }],
        );
      }
      expect((await app.ask(path, { method })).status === 401).toBe(rule !== "open" && rule !== "signed");
    },
  );

  test("purging takes admin, whatever the operation needs otherwise", async () => {
    const purge = "/v1/rate-cards/none?purge=true";
    expect([await statusOf(purge, keys.write, "DELETE"), await statusOf(purge, keys.admin, "DELETE")]).toEqual([
      403, 404,
    ]);
  });

  test("HEAD needs what GET does, and a spelling in percent what the plain one does", async () => {
    expect(await statusOf("/v1/keys", keys.write, "HEAD")).toBe(403);
    expect(await statusOf("/v1/%6Beys", keys.write)).toBe(403);
    expect(await statusOf("/v1/%6beys", keys.admin)).toBe(200);
  });

  test("what is not there takes admin, but to read that it is not there", async () => {
    expect([await statusOf("/v1/nothing", keys.read), await statusOf("/v1/nothing", keys.write, "POST")]).toEqual([
      404, 403,
    ]);
    expect(await statusOf("/v1/nothing", keys.admin, "POST")).toBe(404);
  });
});

test("with keys, too, no page of another site is let in", async () => {
  const headers = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST", ...bearer(keys.admin) };
  for (const method of ["OPTIONS", "GET", "POST"]) {
    for (const path of ["/v1/keys", "/v1/comparisons", "/healthz", "/v1/sheets/x.json"]) {
      const response = await app.ask(path, { method, headers });
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  }
});
