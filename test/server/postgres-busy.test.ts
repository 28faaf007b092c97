import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { prepareServer } from "../../db/prepare-server.ts";
import { createDatabase, serverUrl } from "../db/engines.ts";
import { posting } from "../routes/memory-app.ts";
import { startServer } from "./start-server.ts";

test("where CI is set there is a Postgres server, so that nothing goes untested", () => {
  expect(process.env.CI ? serverUrl : "not needed").not.toBeNull();
});

describe.each(serverUrl === null ? [] : [serverUrl])(
  "a server all of whose connections wait for locks that another client holds",
  () => {
    let database: Awaited<ReturnType<typeof createDatabase>>;
    let server: Awaited<ReturnType<typeof startServer>>;
    let other: postgres.Sql;
    let address = "";

    async function ask(path: string, init: RequestInit = {}) {
      const since = performance.now();
      const response = await fetch(server.url + path, init);
      await response.text();
      return { status: response.status, headers: response.headers, seconds: (performance.now() - since) / 1000 };
    }

    const put = (seed: number) =>
      ask("/v1/workloads/held", { ...posting({ ...comparisonExample, seed }), method: "PUT" });
    const twelve = <Item>(make: (at: number) => Promise<Item>) =>
      Promise.all(Array.from({ length: 12 }, (_, at) => make(at + 1)));

    beforeAll(async () => {
      database = await createDatabase();
      await prepareServer(database.url);
      server = await startServer({ DATABASE_URL: database.url });
      other = postgres(database.url, { max: 1, onnotice: () => undefined });
      address = (await ask("/v1/comparisons", posting(comparisonExample))).headers.get("Location") ?? "";
    });
    afterAll(async () => {
      await other.end();
      await server.stop();
      await database.drop();
    });

    test("answers 503 within 25 s, goes on comparing, and is as before once they are released", async () => {
      const release = await hold();
      const [writes, reads, compared, health] = await Promise.all([
        twelve(put),
        twelve(() => ask(address)),
        ask("/v1/comparisons", posting({ ...comparisonExample, seed: 2 })),
        ask("/healthz"),
      ]);
      await release();
      const blocked = [...writes, ...reads];

      expect(new Set(blocked.map(({ status }) => status))).toEqual(new Set([503]));
      expect(new Set(blocked.map(({ headers }) => headers.get("Retry-After")))).toEqual(new Set(["5"]));
      expect(Math.max(...blocked.map(({ seconds }) => seconds), compared.seconds)).toBeLessThan(25);
      expect([compared.status, compared.headers.get("Location")]).toEqual([200, null]);
      expect(health.status).toBe(200);
      expect(health.seconds).toBeLessThan(2);
      expect(server.output()).not.toContain('"error"');

      expect((await twelve(() => ask(address))).map(({ status }) => status)).toEqual(
        Array.from({ length: 12 }, () => 200),
      );
      const again = await twelve(put);
      expect(again.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(again.filter(({ status }) => status === 200)).toHaveLength(11);
      const versions = await other`select version from workload_version where workload = 'held' order by version`;
      // Nothing of what was refused has come in late.
      expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
    });

    /** The lock of one workload, and the table of comparisons. */
    async function hold(): Promise<() => Promise<unknown>> {
      await other.unsafe(
        "begin; select pg_advisory_xact_lock(hashtextextended('stowage workload held', 0)); lock table comparison in access exclusive mode",
      );
      return () => other.unsafe("commit");
    }
  },
);
