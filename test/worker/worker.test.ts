import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey } from "../../api/make-key.ts";
import { comparisonWorkbook } from "../../api/present/workbook.ts";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { openDatabase } from "../../db/connect.ts";
import { prepareServer } from "../../db/prepare-server.ts";
import { createDatabase, serverUrl } from "../db/engines.ts";
import { appOver, posting, problemsIn } from "../routes/memory-app.ts";
import { type Bundle, bundleWorker } from "./bundle.ts";
import { type RunningWorker, startWorker } from "./workerd.ts";

const shop = readFileSync(new URL("../golden/shop/input.json", import.meta.url), "utf8");
const local = { STOWAGE_LOCAL_DEVELOPMENT: "yes" };

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundleWorker();
}, 60_000);

describe("the Worker's bundle", () => {
  test("is under 1.5 MiB when compressed, where Cloudflare allows 3", () => {
    expect(gzipSync(bundle.script).length).toBeLessThan(1.5 * 2 ** 20);
    expect(bundle.said).not.toMatch(/warning/i);
  });

  test("holds no embedded Postgres and nothing that only Node has", () => {
    expect(bundle.inputs).toContain("api/worker.ts");
    expect(bundle.inputs.filter((file) => /pglite|embedded|data-directory|seed|node-server/.test(file))).toEqual([]);
    const servers =
      /node_modules\/(piscina|prom-client|@hono\/(prometheus|otel)|@opentelemetry\/(?!api\/))|api\/(observing|calculating\/thread)/;
    expect(bundle.inputs.filter((file) => servers.test(file))).toEqual([]);
    expect(bundle.script.match(/from "node:(?!async_hooks|buffer|crypto|events|stream)[^"]+"/g) ?? []).toEqual([]);
  });
});

describe.each(serverUrl === null ? [] : [serverUrl])("the Worker on a Postgres server", () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let worker: RunningWorker;
  beforeAll(async () => {
    own = await createDatabase();
    await prepareServer(own.url);
    worker = await startWorker(own.url, local, bundle);
  }, 60_000);
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await own.drop();
  });

  test("answers the golden comparison with the very bytes of the Node server, and reopens it", async () => {
    const opened = await openDatabase({ databaseUrl: own.url });
    const { compare } = appOver(opened.database);
    const expected = await (await compare(shop)).text();
    await opened.close();
    const answered = await worker.ask("/v1/comparisons", posting(shop));
    expect(answered.status).toBe(200);
    expect(await answered.text()).toBe(expected);
    expect(await (await worker.ask(answered.headers.get("Location") ?? "")).text()).toBe(expected);
    const text = await worker.ask("/v1/comparisons", posting(shop, { Accept: "text/plain" }));
    expect(await text.text()).toContain("Recommended: mixed.");
    const csv = await worker.ask("/v1/comparisons", posting(shop, { Accept: "text/csv" }));
    expect(await csv.text()).toContain(",mixed,Best per service,mixed,mixed,true,498.78,498.78343525,");
    // Packed by another deflate than Node's.
    const workbook = await worker.ask(`${answered.headers.get("Location")}.xlsx`);
    const onNode = await readXlsx(
      await comparisonWorkbook(JSON.parse(expected), workbook.headers.get("Stowage-Prices")),
    );
    expect(workbook.status).toBe(200);
    expect(await readXlsx(new Uint8Array(await workbook.arrayBuffer()))).toEqual(onNode);
  });

  test("keeps a workload, and compares it to the very bytes of the request it was saved from", async () => {
    const made = await worker.ask("/v1/workloads/shop", { ...posting(shop), method: "PUT" });
    expect([made.status, (await made.json()) as object]).toMatchObject([201, { name: "shop", version: 1 }]);
    const saved = await worker.ask("/v1/workloads/shop/comparisons", { method: "POST" });
    const direct = await worker.ask("/v1/comparisons", posting(shop));
    expect([saved.status, await saved.text()]).toEqual([200, await direct.text()]);
    expect((await worker.ask("/v1/workloads/shop?purge=true", { method: "DELETE" })).status).toBe(204);
  });

  test("refuses what would take longer than a minute, before it is begun, and says what to ask for less of: 422", async () => {
    const [service] = comparisonExample.services;
    const load = { unit: "vCPU", generate: { base: 1, peak: 8 } };
    const many = Array.from({ length: 50 }, (_, at) => ({ ...service, serviceName: `web-${at}`, load }));
    const request = { ...comparisonExample, hours: 8760, services: many };
    const begun = Date.now();
    const refused = await worker.ask("/v1/comparisons", posting(request));
    expect([refused.status, Date.now() - begun < 15_000]).toEqual([422, true]);
    expect(await problemsIn(refused)).toEqual([
      {
        ...{ code: "calculation_too_long", path: "hours" },
        message:
          "The calculation would take some 421 s; here it may take no more than 60 s. Ask for fewer hours, options or services with a load at a time.",
      },
    ]);
  });

  test("answers ten requests at once, each over connections of its own", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => worker.ask("/v1/snapshots")));
    expect(answers.map(({ status }) => status)).toEqual(new Array(10).fill(200));
  });

  test("shows the reference page with its files", async () => {
    const files = ["/docs", "/docs/start.js", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/openapi.json"];
    for (const file of files) {
      const answered = await worker.ask(file);
      expect([file, answered.status, (await answered.text()).length > 100]).toEqual([file, 200, true]);
    }
    expect((await worker.ask("/index.html")).status).toBe(404);
  });

  test("answers localhost alone, and nobody at all unless STOWAGE_LOCAL_DEVELOPMENT is set: 401", async () => {
    const elsewhere = await worker.workerd.dispatchFetch("https://stowage.example.com/v1/snapshots");
    expect([elsewhere.status, (await elsewhere.json()) as object]).toMatchObject([403, { status: 403 }]);
    await using closed = await startWorker(own.url, {}, bundle);
    expect(await (await closed.ask("/healthz")).json()).toEqual({ status: "ok" });
    expect((await closed.ask(`/v1/sheets/stl_0123456789ab_${"0".repeat(64)}.json`)).status).toBe(404);
    for (const path of ["/", "/docs", "/openapi.json", "/v1/snapshots", "/v1/comparisons"]) {
      const refused = await closed.ask(path, path.endsWith("comparisons") ? posting(shop) : {});
      expect([refused.status, refused.headers.get("WWW-Authenticate")]).toEqual([401, "Bearer"]);
      expect(await problemsIn(refused)).toMatchObject([{ code: "api_key_needed" }]);
    }
  });

  test("answers whoever has a key, to any name, and shows a link to whoever has its address", async () => {
    const keyed = await createDatabase();
    await prepareServer(keyed.url);
    const opened = await openDatabase({ databaseUrl: keyed.url });
    const made = await makeKey({ name: "ops", scope: "write" }, opened.database, new Date());
    await opened.close();
    const key = made.ok ? made.value.key : "";
    const headers = { Authorization: `Bearer ${key}` };
    await using open = await startWorker(keyed.url, {}, bundle);
    for (const path of ["/docs", "/openapi.json", "/v1/snapshots"]) {
      expect([path, (await open.ask(path, { headers })).status]).toEqual([path, 200]);
    }
    expect((await open.ask("/v1/keys", { headers })).status).toBe(403);
    expect((await open.ask("/v1/snapshots", { headers: { Authorization: `Bearer ${key.slice(0, -1)}` } })).status).toBe(
      401,
    );
    const answered = await open.ask("/v1/comparisons", posting(shop, headers));
    const { id: comparison } = (await answered.json()) as { readonly id: string };
    const link = await open.ask("/v1/links", posting({ comparison }, headers));
    const { url } = (await link.json()) as { readonly url: string };
    expect(await (await open.ask(`${url}.txt`)).text()).toContain("Recommended: mixed.");
    expect(JSON.stringify(open.log)).toContain('"path":"/v1/sheets/***"');
    expect(JSON.stringify(open.log)).not.toMatch(/st[wl]_/);
    await keyed.drop();
  });

  test("says what to do with a database that is not prepared, and mends itself once it is: 503", async () => {
    const empty = await createDatabase();
    const early = await startWorker(empty.url, local, bundle);
    expect((await early.ask("/healthz")).status).toBe(200);
    const refused = await early.ask("/v1/comparisons", posting(shop));
    expect(refused.status).toBe(503);
    expect(await problemsIn(refused)).toEqual([
      {
        ...{ code: "database_not_prepared", path: "" },
        message: "The database is not prepared: its tables are missing. Run: npm run db -- migrate.",
      },
    ]);
    await prepareServer(empty.url);
    expect((await early.ask("/v1/comparisons", posting(shop))).status).toBe(200);
    await early[Symbol.asyncDispose]();
    await empty.drop();
  });

  test("tells nobody why the database does not answer: 503", async () => {
    const nowhere = { connectionString: "postgres://me:hunter2@127.0.0.1:1/none" };
    await using lost = await startWorker(own.url, { ...local, HYPERDRIVE: nowhere }, bundle);
    const refused = await lost.ask("/v1/snapshots");
    expect(refused.status).toBe(503);
    expect(await problemsIn(refused)).toEqual([
      { code: "database_unreachable", path: "", message: "The database does not answer." },
    ]);
  });
});
