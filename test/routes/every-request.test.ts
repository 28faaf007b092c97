import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../db/database.ts";
import { appOver, exampleWith, type MemoryApp, openMemoryApp, posting, problemsIn } from "./memory-app.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
}, 60_000);
afterAll(() => app.close());

describe("a Host that is not this machine is refused, so that no web page can have its own name answer here:", () => {
  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8787",
    "evil.example:127.0.0.1",
    "192.168.0.10:8787",
    "0.0.0.0:8787",
    "localhost:8787:1",
    "[::2]:8787",
    "",
  ])("%s", async (host) => {
    for (const path of ["/healthz", "/docs", "/openapi.json", "/nowhere"]) {
      const response = await app.ask(path, { headers: { Host: host } });
      expect(response.status).toBe(403);
      expect(await problemsIn(response)).toMatchObject([{ code: "host_not_allowed" }]);
    }
    expect((await app.ask("/v1/comparisons", posting(exampleWith({}), { Host: host }))).status).toBe(403);
    expect(await app.storedBodies()).toEqual([]);
  });

  test.each(["localhost", "LOCALHOST:80", "127.0.0.1:8787", "[::1]:8787", "[::1]"])(
    "%s is this machine",
    async (host) => {
      expect((await app.ask("/healthz", { headers: { Host: host } })).status).toBe(200);
    },
  );

  test("a server that is not for this machine alone answers to any name", async () => {
    const open = appOver(databaseThatThrows(new Error("not needed")), { loopback: false });

    expect((await open.ask("/healthz", { headers: { Host: "stowage.example" } })).status).toBe(200);
  });
});

describe("methods and addresses", () => {
  test.each([
    ["GET", "/v1/comparisons", "POST"],
    ["DELETE", "/v1/comparisons", "POST"],
    ["OPTIONS", "/v1/comparisons", "POST"],
    ["PUT", "/v1/comparisons/web", "GET, HEAD"],
    ["POST", "/healthz", "GET, HEAD"],
    ["PATCH", "/openapi.json", "GET, HEAD"],
    ["POST", "/docs", "GET, HEAD"],
    ["BREW", "/docs/start.js", "GET, HEAD"],
  ])("%s %s gets 405, Allow: %s", async (method, path, allow) => {
    const response = await app.ask(path, { method });

    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe(allow);
    expect(await problemsIn(response)).toMatchObject([
      { code: "method_not_allowed", message: expect.stringContaining(allow) },
    ]);
  });

  test.each([
    "/",
    "/v1",
    "/v1/comparisons/",
    "/v1/comparisons/a/b",
    "/docs/",
    "/docs/../package.json",
    "/docs/%2e%2e%2fpackage.json",
    "/docs/swagger-ui.js",
    "/package.json",
    "//evil.example",
    `/${"a".repeat(5000)}`,
  ])("GET %s gets 404", async (path) => {
    const response = await app.ask(`http://localhost${path}`);

    expect(response.status).toBe(404);
    expect(await problemsIn(response)).toMatchObject([{ code: "not_found" }]);
  });

  test("no page of another site is let in", async () => {
    const preflight = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" };
    const response = await app.ask("/v1/comparisons", { method: "OPTIONS", headers: preflight });

    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

describe("every answer", () => {
  test.each([
    ["a success", "/healthz", {}],
    ["a page", "/docs", {}],
    ["a refusal", "/nowhere", {}],
    ["another machine's", "/healthz", { headers: { Host: "evil.example" } }],
  ])("has the headers that keep browsers from misusing it: %s", async (_, path, init) => {
    const { headers } = await app.ask(path, init);

    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("X-Frame-Options")).toBe("DENY");
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'; script-src 'self';");
    expect(headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("has the request id that was asked for, unless it is a strange one", async () => {
    const idFor = async (id: string) =>
      (await app.ask("/healthz", { headers: { "X-Request-Id": id } })).headers.get("X-Request-Id");

    expect(await idFor("deploy-17")).toBe("deploy-17");
    expect(await idFor('"}{"forged":"')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor("a".repeat(300))).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("is one line in the log, without the query", async () => {
    app.log.length = 0;
    await app.ask("/v1/comparisons/web?token=secret", { headers: { "X-Request-Id": "deploy-18" } });

    expect(app.log).toEqual([
      {
        requestId: "deploy-18",
        method: "GET",
        path: "/v1/comparisons/web",
        status: 404,
        milliseconds: expect.any(Number),
      },
    ]);
  });
});

describe("a mistake of ours", () => {
  const cause = new RangeError("secret-43\n    at secret-44");
  const broken = appOver(databaseThatThrows(new TypeError("select secret-42 failed", { cause })));

  test("says nothing of itself but its number in the log", async () => {
    const response = await broken.compare(exampleWith({}), { "X-Request-Id": "deploy-19" });
    const text = await response.clone().text();

    expect(response.status).toBe(500);
    expect(await problemsIn(response)).toMatchObject([
      { code: "internal_error", message: expect.stringContaining("deploy-19") },
    ]);
    expect(text).not.toMatch(/secret|TypeError|\.ts|node_modules/);
  });

  test("is in the log by name and place, with its cause, and without the messages, which quote", async () => {
    broken.log.length = 0;
    await broken.compare(exampleWith({}), { "X-Request-Id": "deploy-20" });

    const at = expect.arrayContaining([expect.stringContaining("every-request.test.ts")]);
    expect(broken.log).toEqual([
      { requestId: "deploy-20", error: "TypeError", at, cause: { error: "RangeError", at } },
      expect.objectContaining({ requestId: "deploy-20", status: 500 }),
    ]);
    expect(JSON.stringify(broken.log)).not.toContain("secret");
  });
});

function databaseThatThrows(error: Error): Database {
  const fail = () => {
    throw error;
  };
  return new Proxy({}, { get: () => fail }) as Database;
}
