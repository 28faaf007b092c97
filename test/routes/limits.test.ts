import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Overloaded } from "../../api/calculating/calculate.ts";
import { apiKey } from "../../db/access-schema.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";
import { appOver, exampleWith, type MemoryApp, openMemoryApp, posting, problemsIn } from "./memory-app.ts";

let memory: MemoryApp;
beforeAll(async () => {
  memory = await openMemoryApp();
}, 60_000);
afterAll(() => memory.close());
beforeEach(() => memory.database.delete(apiKey));

const addressOf = () => "192.0.2.1";

async function keyOf(app: ReturnType<typeof appOver>, name: string, by?: string): Promise<string> {
  const headers = by === undefined ? {} : { Authorization: `Bearer ${by}` };
  const response = await app.ask("/v1/keys", posting({ name, scope: "admin" }, headers));
  return ((await response.json()) as { key: string }).key;
}

describe("three requests a minute", () => {
  test("of one key: the fourth gets 429 and the seconds to wait, another key is answered, and so is the monitor", async () => {
    const app = appOver(memory.database, { rateLimit: { perMinute: 3, addressOf } });
    const first = await keyOf(app, "first");
    const second = await keyOf(app, "second", first);
    const ask = (key: string) => app.ask("/v1/snapshots", { headers: { Authorization: `Bearer ${key}` } });
    const answers = [await ask(first), await ask(first), await ask(first)];
    const last = answers.at(-1);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(await problemsIn(last as Response)).toMatchObject([{ code: "too_many_requests" }]);
    expect(Number(last?.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(answers[0]?.headers.get("RateLimit")).toMatch(/^limit=3, remaining=1, reset=\d+$/);
    expect(answers[0]?.headers.get("RateLimit-Policy")).toBe("3;w=60");
    expect((await ask(second)).status).toBe(200);
    expect((await app.ask("/healthz")).status).toBe(200);
  });

  test("of links are counted as well, so that nobody can try tokens for long", async () => {
    const app = appOver(memory.database, { rateLimit: { perMinute: 3, addressOf } });
    const statuses: number[] = [];
    for (const token of ["a", "b", "c", "d"]) statuses.push((await app.ask(`/v1/sheets/${token}.json`)).status);

    expect(statuses).toEqual([404, 404, 404, 429]);
  });

  test("are not counted of this machine's own user, who needs no key", async () => {
    const app = appOver(memory.database, { rateLimit: { perMinute: 1, addressOf } });

    expect([(await app.ask("/v1/snapshots")).status, (await app.ask("/v1/snapshots")).status]).toEqual([200, 200]);
  });
});

describe("what may be over in a moment gets 503 and Retry-After, and is no mistake in the log:", () => {
  test.each([
    ["too many comparisons wait", new Overloaded(), "overloaded"],
    ["the database is gone", new DatabaseUnreachable(new Error("gone")), "database_unreachable"],
    ["its server shuts down", Object.assign(new Error("terminating"), { code: "57P01" }), "database_unreachable"],
    ["its disk is full", Object.assign(new Error("no space"), { code: "53100" }), "database_unreachable"],
    [
      "it is wrapped",
      new Error("query", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) }),
      "database_unreachable",
    ],
  ])("%s", async (_, error, code) => {
    const app = appOver(memory.database, { calculate: () => Promise.reject(error) });
    const response = await app.compare(exampleWith({}));

    expect(response.status).toBe(503);
    expect(Number(response.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(await problemsIn(response)).toMatchObject([{ code }]);
    expect(app.log).toEqual([expect.objectContaining({ status: 503 })]);
  });
});
