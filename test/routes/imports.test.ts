import { eq } from "drizzle-orm";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImportDocument, ServiceCosts } from "../../api/present/import-document.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";
import { workbookMediaType } from "../../api/routes/presentations.ts";
import { importRow } from "../../db/import-schema.ts";
import { sealImport } from "../../db/imports.ts";
import { comparison } from "../../db/kept-schema.ts";
import { problemsIn } from "./memory-app.ts";
import { openQueuedApp, type QueuedApp } from "./queued-app.ts";

let opened: QueuedApp["opened"];
let queue: QueuedApp["queue"];
let app: QueuedApp["app"];
let idle: QueuedApp["idle"];
let close: QueuedApp["close"];
beforeAll(async () => {
  ({ opened, queue, app, idle, close } = await openQueuedApp());
}, 60_000);
afterAll(() => close());

type Result = ImportDocument & { readonly services: readonly ServiceCosts[] };

const header =
  "service,cluster,tasks,min tasks,max tasks,load profile,vCPU,memory,region,hours,options,owner,cost centre";

function csvOf(...rows: readonly string[]): string {
  return [header, ...rows].join("\r\n");
}

function post(body: string | Uint8Array<ArrayBuffer>, { query = "", headers = {}, to = app } = {}): Promise<Response> {
  const type = typeof body === "string" ? "text/csv" : workbookMediaType;
  return to.ask(`/v1/imports${query}`, { method: "POST", headers: { "Content-Type": type, ...headers }, body });
}

async function priced(body: string | Uint8Array<ArrayBuffer>, query = ""): Promise<Result> {
  const answer = await post(body, { query });
  expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "application/json"]);
  return JSON.parse(await answer.text());
}

async function bytesAt(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await app.ask(path);
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}

function withoutId({ import: _, ...rest }: Result): object {
  return rest;
}

/** Cents, which are whole. */
function cents(amount: string | null | undefined): number {
  expect(amount).toMatch(/^-?\d+\.\d\d$/);
  return Number(`${amount}`.replace(".", ""));
}

const shop = csvOf(
  "web,shop,3,,,,0.25,512 MiB,us-east-1,,fargate; ec2,anna,C1",
  "+api,shop,2,,,,0.5,1 GB,us-east-1,365,fargate; ec2,bob,C2",
  "queue,back,4,,,,0.25,512 MiB,us-east-1,,fargate; ec2,anna,C2",
  "cron,shop,1,,,,1,2 GB,us-east-1,,fargate; ec2,,C1",
);

describe("a list of services", () => {
  test("costs by service, owner and cost centre what its comparisons come to, to the cent, with idle capacity", async () => {
    const result = await priced(shop);
    const { clusters, services, owners, costCentres, idle: nobodys, totals } = result;

    expect(clusters.map(({ cluster, services: count, hours }) => [cluster, count, hours])).toEqual([
      ["shop", 3, "730"],
      ["back", 1, "730"],
    ]);
    for (const option of ["fargate", "ec2"]) {
      let whole = 0;
      for (const { comparison } of clusters) {
        const document: ComparisonDocument = JSON.parse(await (await app.ask(`/v1/comparisons/${comparison}`)).text());
        whole += cents(document.options.find(({ id }) => id === option)?.total);
      }
      for (const parts of [services, owners, costCentres]) {
        const sum = parts.reduce((before, { costs }) => before + cents(costs[option]), 0);
        expect(sum + cents(nobodys.costs[option])).toBe(whole);
      }
      expect(cents(totals[option])).toBe(whole);
    }
    expect(cents(nobodys.costs.ec2)).toBeGreaterThan(0);
    expect(owners.map(({ owner, services: count }) => [owner, count])).toEqual([
      ["anna", 2],
      ["bob", 1],
      [null, 1],
    ]);
    const best = services.reduce((sum, { recommendedCost }) => sum + cents(recommendedCost), 0);
    expect(best + cents(nobodys.recommended)).toBe(cents(result.recommended));
  });

  test("3 tasks of 0.25 vCPU and 512 MB cost $27.03 for 730 hours, $13.52 for 365 of them", async () => {
    const rows = ["all", "half"].map(
      (name, at) => `${name},${name},3,,,,0.25,0.5 GB,us-east-1,${[730, 365][at]},fargate,,`,
    );
    const together = csvOf(
      "all,c,3,,,,0.25,0.5 GB,us-east-1,,fargate,,",
      "half,c,3,,,,0.25,0.5 GB,us-east-1,365,fargate,,",
    );
    const costs = ({ services }: Result) => services.map(({ costs: { fargate } }) => fargate);

    expect(costs(await priced(csvOf(...rows)))).toEqual(["27.03", "13.52"]);
    const { hours, assumptions, ...rest } = await priced(together);
    expect(costs({ hours, assumptions, ...rest })).toEqual(["27.03", "13.52"]);
    expect([hours, assumptions.map(({ code }) => code)]).toEqual(["730", ["list_not_configured", "list_hours"]]);
  });

  test("is packed by cluster: together on instances that each alone would not fill", async () => {
    const row = (cluster: string) => `web-${cluster},${cluster},1,,,,0.25,512 MiB,us-east-1,,ec2,,`;
    const alone = await priced(csvOf(...["a", "b", "c", "d"].map(row)));
    const together = await priced(
      csvOf(...["a", "b", "c", "d"].map((name) => row(name).replace(`,${name},`, ",one,"))),
    );

    expect([alone.clusters.length, together.clusters.length]).toEqual([4, 1]);
    expect(cents(together.totals.ec2)).toBeLessThan(cents(alone.totals.ec2) * 0.8);
  });

  test("with a load profile scales between min and max: 2.1 vCPU of load at 70 % are 3 tasks of 1 vCPU", async () => {
    const body = JSON.stringify({ unit: "vCPU", constant: 2.1 });
    const headers = { "Content-Type": "application/json" };
    await app.ask("/v1/load-profiles/steady", { method: "PUT", headers, body });
    const rest = "1,2 GB,us-east-1,,fargate,,";
    const { services, assumptions } = await priced(
      csvOf(`scaled,a,3,1,9,steady,${rest}`, `fixed,b,3,,,,${rest}`, `bounds,c,3,1,9,,${rest}`),
    );

    // With its two alarms, which are 10 cents each.
    expect(services.map(({ costs }) => costs.fargate)).toEqual(["108.32", "108.12", "108.12"]);
    expect(assumptions.map(({ code }) => code)).toEqual([
      ...["list_not_configured", "list_period", "list_scaling", "list_bounds_without_load"],
    ]);
  });

  test("whose totals are not of all clusters has none, and says which are missing", async () => {
    const { totals, lacking, owners } = await priced(
      csvOf(
        "web,shop,1,,,,0.25,512 MiB,us-east-1,,fargate; ec2,anna,",
        "job,back,1,,,,0.25,512 MiB,eu-west-1,100,fargate,bob,",
        "large,large,1,,,,64,256 GB,us-east-1,,fargate; ec2,bob,",
      ),
    );

    expect(totals).toEqual({ fargate: null, ec2: null });
    expect(lacking).toEqual([
      { of: "fargate", clusters: 1, first: [{ region: "us-east-1", cluster: "large" }] },
      { of: "ec2", clusters: 1, first: [{ region: "eu-west-1", cluster: "back" }] },
    ]);
    expect(owners.map(({ owner, costs }) => [owner, costs.fargate === null, costs.ec2 === null])).toEqual([
      ["anna", false, false],
      ["bob", true, true],
    ]);
  });
});

describe("what was exported", () => {
  test("comes to the same when it is sent again, as CSV and as a workbook", async () => {
    const first = await priced(shop);
    for (const extension of ["csv", "xlsx"]) {
      const exported = await bytesAt(`/v1/imports/${first.import}.${extension}`);
      const body = extension === "csv" ? new TextDecoder().decode(exported) : exported;
      const again = await priced(body);

      expect(again.import).not.toBe(first.import);
      expect(withoutId(again)).toEqual(withoutId(first));
    }
  });

  test("of the template too, through both", async () => {
    const template = await bytesAt("/v1/imports/template.xlsx");
    const first = await priced(template);
    expect(first.services.length).toBeGreaterThan(0);
    const asCsv = await priced(new TextDecoder().decode(await bytesAt("/v1/imports/template.csv")));
    const workbook = await bytesAt(`/v1/imports/${first.import}.xlsx`);
    const second = await priced(workbook);
    const third = await priced(new TextDecoder().decode(await bytesAt(`/v1/imports/${second.import}.csv`)));

    for (const other of [asCsv, second]) expect(withoutId(other)).toEqual(withoutId(first));
    expect(withoutId(third)).toEqual(withoutId(first));
  });

  test("as CSV keeps formulas from being any, and adds up by its columns", async () => {
    const { import: id, totals } = await priced(shop);
    const answer = await app.ask(`/v1/imports/${id}.csv`);
    expect(answer.headers.get("Content-Disposition")).toBe(`attachment; filename="stowage-${id}.csv"`);
    const [names = [], ...rows] = (await answer.text())
      .trimEnd()
      .split("\r\n")
      .map((line) => line.replace(/"[^"]*"/, "quoted").split(","));
    const sum = (name: string) => rows.reduce((before, row) => before + Number(row[names.indexOf(name)] || 0) * 100, 0);

    expect(rows[1]?.[0]).toBe("'+api");
    expect(Math.round(sum("Stowage: ec2") + sum("Stowage: ec2 idle"))).toBe(cents(totals.ec2));
    expect(Math.round(sum("Stowage: fargate"))).toBe(cents(totals.fargate));
  });

  test("as a workbook has sheets of its own alone, typed cells, and totals as formulas", async () => {
    const { import: id, totals, owners } = await priced(shop);
    const { sheets } = await readXlsx(await bytesAt(`/v1/imports/${id}.xlsx`));
    const [services, , ownersSheet] = sheets;
    const [names = [], web = []] = services?.rows ?? [];

    expect(sheets.map(({ name }) => name)).toEqual(["Services", "Clusters", "Owners", "Cost centres", "Assumptions"]);
    expect([web[names.indexOf("tasks")], web[names.indexOf("Stowage: fargate")]]).toEqual([3, 27.03]);
    const last = ownersSheet?.rows.at(-1) ?? [];
    expect(last.slice(0, 4)).toEqual(["Total", 4, Number(totals.fargate), Number(totals.ec2)]);
    const formula = ownersSheet?.cells?.get(`${owners.length + 2},3`)?.formula ?? "";
    expect(formula).toMatch(/^ROUND\(SUM\(Services!\$[A-Z]+\$2:\$[A-Z]+\$5\)\+D5,2\)$/);
  });
});

describe("an import", () => {
  test("says how far it is, is not waited for longer than asked, and is gone once deleted", async () => {
    const taken = await post(shop, { headers: { Prefer: "respond-async" }, to: idle });
    const { import: id, ...counts } = (await taken.json()) as { import: string };
    const path = `/v1/imports/${id}`;

    expect([taken.status, taken.headers.get("Location"), taken.headers.get("Preference-Applied")]).toEqual([
      ...[202, path, "respond-async"],
    ]);
    expect(counts).toEqual({ rows: 4, clusters: 2, done: false, succeeded: 0, failed: 0 });
    expect(await (await app.ask(path)).json()).toEqual({ import: id, ...counts });
    const early = await app.ask(`${path}.csv`, { headers: { Prefer: "wait=0" } });
    expect([early.status, early.headers.get("Retry-After"), (await problemsIn(early))[0]?.code]).toEqual([
      ...[503, "1", "not_done"],
    ]);
    expect((await post(shop, { headers: { Prefer: "wait=0" }, to: idle })).status).toBe(202);

    await queue.enqueue([{ batch: id, from: 1, to: 9 }]);
    expect((await app.ask(`${path}.csv`)).status).toBe(200);
    expect(await (await app.ask(path)).json()).toMatchObject({ done: true, rows: 4 });
    expect((await app.ask(path, { method: "DELETE" })).status).toBe(204);
    for (const gone of [path, `${path}.csv`, `/v1/batches/${id}`]) expect((await app.ask(gone)).status).toBe(404);
    expect((await app.ask(path, { method: "DELETE" })).status).toBe(404);
  });

  test("has the problems of a cluster that could not be calculated, and nothing in the totals", async () => {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ unit: "vCPU", constant: 1 });
    await app.ask("/v1/load-profiles/brief", { method: "PUT", headers, body });
    const list = csvOf(
      "web,shop,1,1,2,brief,1,2 GB,us-east-1,,fargate,anna,",
      "api,back,1,,,,1,2 GB,us-east-1,,fargate,bob,",
    );
    const taken = await post(list, { headers: { Prefer: "respond-async" }, to: idle });
    const { import: id } = (await taken.json()) as { import: string };
    await app.ask("/v1/load-profiles/brief", { method: "DELETE" });
    await queue.enqueue([{ batch: id, from: 1, to: 9 }]);
    const result: Result = JSON.parse(await (await app.ask(`/v1/imports/${id}.json`)).text());

    expect(result.clusters.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ["load_profile_unknown"],
      [],
    ]);
    expect([result.totals, result.recommended]).toEqual([{ fargate: null }, null]);
    expect(result.services.map(({ costs }) => costs.fargate === null)).toEqual([true, false]);
  });

  test("whose comparison was erased says so", async () => {
    const { import: id, clusters } = await priced(csvOf("gone,gone,1,,,,1,2 GB,us-east-1,777,fargate,,"));
    await opened.database.delete(comparison).where(eq(comparison.id, clusters[0]?.comparison ?? ""));
    const { clusters: left, totals }: Result = JSON.parse(await (await app.ask(`/v1/imports/${id}`)).text());

    expect([left[0]?.problems.map(({ code }) => code), totals]).toEqual([["comparison_gone"], {}]);
  });

  test("of 20,001 rows is had as CSV and not as a workbook", async () => {
    const { import: id } = await priced(csvOf("web,shop,1,,,,1,2 GB,us-east-1,,fargate,,"));
    await sealImport(opened.database, id, JSON.stringify({ rows: 20_001, clusters: 1, assumptions: [], problems: [] }));
    const answer = await app.ask(`/v1/imports/${id}.xlsx`);

    expect([answer.status, (await problemsIn(answer)).map(({ code }) => code)]).toEqual([404, ["too_many_rows"]]);
    expect((await app.ask(`/v1/imports/${id}.csv`)).status).toBe(200);
  });

  test("of a workbook has problems of its rows on their sheet", async () => {
    const rows = [header.split(","), ...["web", "web"].map((name) => [name, "shop", 1, "", "", "", 1, 2, "us-east-1"])];
    const answer = await post(new Uint8Array(await writeXlsx({ sheets: [{ name: "My services", rows }] })));

    expect(await answer.json()).toMatchObject({
      status: 422,
      problems: [{ code: "duplicate_service", path: "'My services'!3:3", sheet: "My services", row: 3, column: null }],
    });
  });

  test("leaves nothing behind where it was refused", async () => {
    const before = await opened.database.$count(importRow);
    expect((await post(`${shop}\r\nbroken,shop,x,,,,1,2 GB,us-east-1,,,,`)).status).toBe(422);
    expect(await opened.database.$count(importRow)).toBe(before);
  });
});
