import { setTimeout } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey } from "../../api/make-key.ts";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { openDatabase } from "../../db/connect.ts";
import { prepareServer } from "../../db/prepare-server.ts";
import { posting } from "../routes/memory-app.ts";
import { makePrivatePostgres, type PrivatePostgres, postgresPrograms } from "./private-postgres.ts";
import { startServer } from "./start-server.ts";

test("where CI is set there are the programs of a Postgres server, so that nothing goes untested", () => {
  expect(process.env.CI ? postgresPrograms : "not needed").not.toBeNull();
});

interface Told {
  readonly kind: "compare" | "write" | "read" | "reopen" | "health" | "ready";
  readonly status: number;
  readonly milliseconds: number;
  readonly headers: Headers;
  readonly body: string;
  /** What a write sent. */
  readonly seed?: number;
}

describe.each(postgresPrograms === null ? [] : [postgresPrograms])(
  "a server whose Postgres is killed under load, and comes back",
  () => {
    let database: PrivatePostgres;
    let server: Awaited<ReturnType<typeof startServer>>;
    const told: Record<"before" | "gone" | "returning" | "after", Told[]> = {
      before: [],
      gone: [],
      returning: [],
      after: [],
    };
    const acrossPhases: Told[] = [];
    let phase: keyof typeof told = "before";
    let isLoaded = true;
    let key = "";
    let stranger: Told;
    let forger: Told;
    let recoveredMilliseconds = 0;

    async function ask(kind: Told["kind"], path: string, init: RequestInit = {}, seed?: number): Promise<Told> {
      const since = performance.now();
      const authorized = { Authorization: `Bearer ${key}`, ...init.headers };
      const response = await fetch(server.url + path, { ...init, headers: authorized });
      const body = await response.text();
      const { status, headers } = response;
      const answer = { kind, status, headers, body, milliseconds: performance.now() - since };
      return seed === undefined ? answer : { ...answer, seed };
    }

    /** What is asked across a phase's end belongs to neither, and a write that waited for the database until it was back is no answer of the time without. */
    async function keep(asking: () => Promise<Told>): Promise<void> {
      while (isLoaded) {
        const begun = phase;
        const one = await asking();
        if (begun === phase) told[begun].push(one);
        // What was acknowledged must be kept, wherever it was.
        else if (one.kind === "write" && one.status < 300) acrossPhases.push(one);
        await setTimeout(20);
      }
    }

    beforeAll(async () => {
      database = await makePrivatePostgres();
      await database.start();
      await prepareServer(database.url);
      key = await newKey();
      const unused = await newKey();
      server = await startServer({
        STOWAGE_REQUESTS_PER_MINUTE: "999999",
        DATABASE_URL: database.url,
        STOWAGE_THREADS: "2",
      });
      const first = await ask("compare", "/v1/comparisons", posting(comparisonExample));
      const address = first.headers.get("Location") ?? "";
      let seed = 1;
      const next = () => ({ ...comparisonExample, seed: ++seed });
      const loads = [
        keep(() => ask("compare", "/v1/comparisons", posting(next()))),
        keep(() => ask("compare", "/v1/comparisons", posting(next()))),
        ...["one", "two", "three"].map((name) =>
          keep(() => {
            const body = next();
            return ask("write", `/v1/workloads/${name}`, { ...posting(body), method: "PUT" }, body.seed);
          }),
        ),
        keep(() => ask("read", "/v1/workloads")),
        keep(() => ask("reopen", address)),
        keep(() => ask("health", "/healthz")),
        keep(() => ask("ready", "/readyz")),
      ];
      await enough("before");
      await database.kill();
      phase = "gone";
      stranger = await ask("read", "/v1/workloads", { headers: { Authorization: `Bearer ${unused}` } });
      forger = await ask("read", "/v1/workloads", { headers: { Authorization: `Bearer ${key.slice(0, -1)}_` } });
      await enough("gone");
      phase = "returning";
      await database.start();
      const since = performance.now();
      while ((await ask("ready", "/readyz")).status !== 200) await setTimeout(20);
      await setTimeout(1000);
      recoveredMilliseconds = performance.now() - since;
      phase = "after";
      await enough("after");
      isLoaded = false;
      await Promise.all(loads);
    }, 120_000);
    afterAll(async () => {
      await server.stop();
      await database.remove();
    });

    async function newKey(): Promise<string> {
      const opened = await openDatabase({ databaseUrl: database.url });
      const made = await makeKey({ name: "load", scope: "write" }, opened.database, new Date());
      await opened.close();
      if (!made.ok) throw new Error("A good key was refused");
      return made.value.key;
    }

    /** Has been asked for in the phase for its figures to say something. */
    async function enough(when: keyof typeof told): Promise<void> {
      await setTimeout(2000);
      while (of(when, "compare").length < 5 || of(when, "write").length < 20) await setTimeout(20);
    }

    const of = (when: keyof typeof told, kind: Told["kind"]) => told[when].filter((one) => one.kind === kind);
    const statuses = (some: readonly Told[]) => [...new Set(some.map(({ status }) => status))];

    test("goes on comparing with the prices it had, and says that nothing is stored", () => {
      const compared = of("gone", "compare");

      expect(compared.length).toBeGreaterThan(4);
      expect(statuses(compared)).toEqual([200]);
      for (const { headers } of compared) {
        expect(headers.get("Stowage-Prices")).toContain("the database does not answer");
        expect(headers.get("Location")).toBeNull();
      }
    });

    test("answers whatever needs the database with 503 and when to ask again", () => {
      const refused = [...of("gone", "write"), ...of("gone", "read"), ...of("gone", "reopen")];

      expect(refused.length).toBeGreaterThan(20);
      expect(statuses(refused)).toEqual([503]);
      for (const { headers, body } of refused) {
        expect(headers.get("Retry-After")).toBe("5");
        expect(JSON.parse(body).problems[0].code).toBe("database_unreachable");
      }
    });

    test("knows the key that it has met; one that it has not is no refusal for ever, and a forged one is", () => {
      expect([stranger.status, stranger.headers.get("Retry-After")]).toEqual([503, "5"]);
      expect(forger.status).toBe(401);
    });

    test("is healthy but not ready", () => {
      expect(statuses(of("gone", "health"))).toEqual([200]);
      expect(statuses(of("gone", "ready"))).toEqual([503]);
    });

    test("answers everything within 5 s and nothing with 500", () => {
      const all = Object.values(told).flat();

      expect(Math.max(...all.map(({ milliseconds }) => milliseconds))).toBeLessThan(5000);
      expect(statuses(all).filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
      expect(server.output()).not.toContain('"error"');
      expect(server.errors()).toBe("");
    });

    test("is as before within seconds of the database's return, by itself", () => {
      expect(recoveredMilliseconds).toBeLessThan(10_000);
      expect(statuses(told.after).toSorted()).toEqual([200]);
      for (const { headers } of of("after", "compare")) expect(headers.get("Location")).toContain("/v1/comparisons/");
    });

    test("has kept every write that it acknowledged, whole, and no version is missing among them", async () => {
      const client = postgres(database.url, { max: 1 });
      const kept = await client`select workload, version, body from workload_version order by workload, version`;
      const latest = await client`select name, version from workload`;
      const comparisons = await client`select id, body from comparison`;
      await client.end();
      const seeds = kept.map(({ body }) => JSON.parse(body).seed);
      const acknowledged = [...Object.values(told), acrossPhases].flat().filter((one) => one.status < 300);
      const written = acknowledged.filter(({ kind }) => kind === "write").map((one) => one.seed);
      const stored = acknowledged.flatMap(
        ({ headers }) => headers.get("Location")?.match(/comparisons\/(.+)/)?.[1] ?? [],
      );

      expect(written.length).toBeGreaterThan(30);
      expect(written.filter((seed) => !seeds.includes(seed))).toEqual([]);
      for (const { name, version } of latest) {
        const versions = kept.filter(({ workload }) => workload === name).map((one) => one.version);
        expect(versions).toEqual(Array.from({ length: version }, (_, at) => at + 1));
      }
      expect(stored.length).toBeGreaterThan(4);
      expect(stored.filter((id) => !comparisons.some((one) => one.id === id))).toEqual([]);
      for (const { id, body } of comparisons) expect(JSON.parse(body).id).toBe(id);
    });
  },
);
