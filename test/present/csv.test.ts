import { describe, expect, test } from "vitest";
import { Exact } from "../../api/core/model/exact.ts";
import { inCents } from "../../api/core/model/shown.ts";
import { comparisonCsv } from "../../api/present/csv.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";
import { csvOf, goldenDocument, type Row, rowsOf } from "./csv-rows.ts";

const shop = goldenDocument("shop");
const scaled = goldenDocument("scaled-web", { hours: 48 });
const tagged = withOwner(shop, "=cmd|'/C calc'!A1");

/** The same with another text in it, as a request may bring it. */
function withOwner(document: ComparisonDocument, owner: string): ComparisonDocument {
  return { ...document, tags: [{ service: "web", tags: { Owner: owner } }] };
}

function sumOf(rows: readonly Row[], column: string): string {
  return rows.reduce((sum, row) => sum.plus(row[column] || "0"), new Exact(0)).toFixed();
}

function byOption(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => row.option ?? "");
}

describe("a row for each option", () => {
  test("has the columns that are documented, and mixed of the shop at $498.78", () => {
    const rows = rowsOf(csvOf(shop));
    expect(Object.keys(rows[0] ?? {}).join()).toBe(
      "comparison_id,region,currency,hours,option,label,launch_type,purchase_option,feasible,total,total_exact,list_total,difference,range_low,range_high,cheapest,recommended,estimated,oldest_price,newest_price,stale,problems,pages",
    );
    expect(rows.find(({ option }) => option === "mixed")).toMatchObject({
      ...{ total: "498.78", total_exact: "498.78343525", recommended: "true", cheapest: "false", feasible: "true" },
      ...{ region: "us-east-1", currency: "USD", hours: "730", newest_price: "2026-09-29" },
    });
  });

  test("is one alone where an option is asked for; of one that there is not, those that there are are told", () => {
    expect(rowsOf(csvOf(shop, { option: "fargate" })).map(({ total }) => total)).toEqual(["599.08"]);
    expect(csvOf(shop, { option: "lambda" })).toMatchObject({
      problem: { code: "option_unknown", path: "option", message: expect.stringContaining("fargate-spot, ec2-spot") },
    });
  });
});

test("of stale prices each option says so", () => {
  const query = { ...{ rows: null, format: null, option: null, bom: false, page: null }, per: null, month: null };
  const text = comparisonCsv(shop, { stale: "Stale: old.", query: { ...query, focusVersion: null } });
  expect(new Set(rowsOf(text).map(({ stale }) => stale))).toEqual(new Set(["Stale: old."]));
});

describe.each([
  ["shop", shop],
  ["full-bill", goldenDocument("full-bill")],
  ["scaled-web", scaled],
  ["kubernetes-shop", goldenDocument("kubernetes-shop")],
])("costs add up in %s:", (_, document) => {
  const feasible = document.options.filter((option) => option.feasible);

  test.each(["lines", "hours"] as const)("the %s of every option to its total, in cents and exactly", (rows) => {
    const options = byOption(rowsOf(csvOf(document, { rows })));
    const sums = feasible.map(({ id }) => [
      id,
      sumOf(options.get(id) ?? [], "cost"),
      sumOf(options.get(id) ?? [], "cost_exact"),
    ]);
    expect(sums.length).toBeGreaterThan(2);
    expect(sums).toEqual(
      feasible.map(({ id, total, totalExact }) => [id, new Exact(total ?? 0).toFixed(), totalExact]),
    );
  });

  test("the hours of a line to what the line costs", () => {
    const [option] = feasible;
    const hours = rowsOf(csvOf(document, { rows: "hours", option: option?.id ?? "" }));
    let at = 0;
    for (const line of option?.lineItems ?? []) {
      const count = Math.ceil(line.endSeconds / 3600) - Math.floor(line.startSeconds / 3600);
      const own = hours.slice(at, at + count);
      at += count;
      expect(new Set(own.map(({ sku }) => sku))).toEqual(new Set([line.sku]));
      expect([inCents(new Exact(sumOf(own, "cost"))), sumOf(own, "quantity")]).toEqual([line.cost, line.quantity]);
    }
    expect(at).toBe(hours.length);
  });
});

describe("hours", () => {
  test("twelve tasks of half a vCPU use 6 vCPU-hours in each of 730 hours, as metered", () => {
    const rows = rowsOf(csvOf(shop, { rows: "hours", option: "fargate" }));
    const web = rows.filter(({ service, sku }) => service === "web" && sku === "fargate/linux/x86_64/vcpu");
    expect(web.map(({ hour }) => hour)).toEqual(Array.from({ length: 730 }, (_, hour) => `${hour}`));
    expect(new Set(web.map((row) => [row.quantity, row.spread, row.hour_start].join()))).toEqual(
      new Set(["6,metered,"]),
    );
  });

  test("are dated where the request says when the period begins", () => {
    const period = { start: "2026-11-01T00:00:00Z" };
    const rows = rowsOf(csvOf(goldenDocument("shop", { period, options: ["fargate"] }), { rows: "hours" }));
    expect([rows[0]?.hour_start, rows[729]?.hour_start]).toEqual(["2026-11-01T00:00:00Z", "2026-12-01T09:00:00Z"]);
  });

  test("of a scaled service follow its tasks; of what is not told by the hour they are even, and say so", () => {
    const rows = rowsOf(csvOf(scaled, { rows: "hours", option: "fargate" }));
    const spreads = Map.groupBy(rows, ({ unit }) => unit ?? "");
    const vcpu = spreads.get("vCPU-Hour") ?? [];
    expect(new Set(vcpu.map(({ spread }) => spread))).toEqual(new Set(["tasks"]));
    const timeline = scaled.options.find(({ id }) => id === "fargate")?.scaling?.services[0]?.timeline ?? [];
    const taskSeconds = (hour: number) =>
      timeline.reduce((sum, { startSeconds, alive }, at) => {
        const end = Math.min(timeline[at + 1]?.startSeconds ?? 48 * 3600, (hour + 1) * 3600);
        return sum + alive * Math.max(0, end - Math.max(startSeconds, hour * 3600));
      }, 0);
    const perTaskSecond = vcpu.map(({ quantity = "0", hour }) => new Exact(quantity).div(taskSeconds(Number(hour))));
    expect(new Set(perTaskSecond.map((share) => share.toFixed(12))).size).toBe(1);
    expect(new Set(vcpu.map(({ quantity }) => quantity)).size).toBeGreaterThan(5);
    const others = rows.filter(({ unit }) => unit === "GB" || unit?.startsWith("Requests"));
    expect(others.filter(({ spread }) => spread !== "even")).toEqual([]);
  });

  test("of an answer kept before it told when usage is are even over the whole period", () => {
    const old: ComparisonDocument = JSON.parse(JSON.stringify(shop), (key, value) =>
      ["startSeconds", "endSeconds", "period", "tags"].includes(key) ? undefined : value,
    );
    const rows = rowsOf(csvOf(old, { rows: "hours", option: "fargate" }));
    expect(new Set(rows.map(({ spread }) => spread))).toEqual(new Set(["even"]));
    expect(sumOf(rows, "cost")).toBe("599.08");
  });
});

describe("cells", () => {
  test("CRLF ends every line, quotes are doubled, and a byte order mark is there if it is asked for", () => {
    const text = csvOf(withOwner(shop, 'the "shop", Ltd'), { rows: "lines" });
    expect(text).toContain(',"the ""shop"", Ltd",');
    expect(`${text}`.endsWith("\r\n")).toBe(true);
    expect(`${text}`.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(csvOf(shop, { bom: true })).toMatch(/^\uFEFFcomparison_id/);
    expect(csvOf(shop)).toMatch(/^comparison_id/);
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])(
    "text %j is text to a spreadsheet",
    (owner) => {
      const [row] = rowsOf(csvOf(withOwner(shop, owner), { rows: "lines", option: "fargate" }));
      expect(row?.owner).toBe(`'${owner}`);
    },
  );

  test("a formula in a tag is quoted besides, and negative amounts stay numbers", () => {
    expect(csvOf(tagged, { rows: "lines" })).toContain(",'=cmd|'/C calc'!A1,");
    const [option] = shop.options;
    const cheaper = { ...shop, options: [{ ...option, difference: "-3.10" }] } as ComparisonDocument;
    expect(rowsOf(csvOf(cheaper))[0]?.difference).toBe("-3.10");
  });
});

describe("pages", () => {
  test("are under 1 MB each, begin with the heading, and are the whole put together", () => {
    const whole = rowsOf(csvOf(shop, { rows: "hours" }));
    const first = pageOf(1);
    const texts = Array.from({ length: first.pages }, (_, at) => pageOf(at + 1).page);
    expect(first.pages).toBeGreaterThan(2);
    for (const text of texts) expect(new TextEncoder().encode(text).length).toBeLessThan(1_000_000);
    const rows = texts.flatMap((text) => rowsOf(text));
    expect(rows.map(({ pages: _, ...row }) => row)).toEqual(whole.map(({ pages: _, ...row }) => row));
    expect(new Set(rows.map(({ pages }) => pages))).toEqual(new Set([`${first.pages}`]));
    expect(csvOf(shop, { rows: "hours", page: first.pages + 1 })).toMatchObject({ problem: { code: "out_of_range" } });
  });

  test("a year of hours of every option is not given at once, and says what to ask for", () => {
    const year = {
      ...shop,
      hours: "87600",
      options: shop.options.map((option) => ({
        ...option,
        lineItems: option.lineItems.map((line) => ({ ...line, endSeconds: 315_360_000 })),
      })),
    };
    expect(csvOf(year, { rows: "hours" })).toMatchObject({
      problem: { code: "too_long", message: expect.stringMatching(/pages one by one \(page=1\)/) },
    });
  });

  function pageOf(page: number) {
    const found = csvOf(shop, { rows: "hours", page });
    if (typeof found === "string" || "problem" in found) throw new Error("no page");
    return found;
  }
});
