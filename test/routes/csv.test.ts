import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rowsOf } from "../present/csv-rows.ts";
import { exampleWith, type MemoryApp, openMemoryApp, posting, problemsIn } from "./memory-app.ts";

let app: MemoryApp;
/** The three doors to a comparison, without an extension. */
let doors: readonly string[];
beforeAll(async () => {
  app = await openMemoryApp();
  const request = exampleWith({
    request: { period: { start: "2026-11-01T00:00:00Z" }, options: ["fargate", "fargate-spot", "ec2"] },
  });
  const made = (await app.compare(request)).headers.get("Location") ?? "";
  await app.ask("/v1/workloads/checkout", { ...posting(request), method: "PUT" });
  const link = (await (await app.ask("/v1/links", posting({ workload: "checkout" }))).json()) as { url: string };
  doors = [made, "/v1/workloads/checkout/comparison", link.url];
}, 60_000);
afterAll(() => app.close());

describe.each([
  ["a comparison", 0],
  ["a saved workload", 1],
  ["a link", 2],
])("%s as CSV", (_, at) => {
  const ask = (more: string, headers: Record<string, string> = {}) => app.ask(`${doors[at]}${more}`, { headers });

  test("is had by its extension and by Accept: six tasks of half a vCPU and 1 GB cost $108.12 on Fargate", async () => {
    const response = await ask(".csv");
    expect(response.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    const text = await response.text();
    expect(rowsOf(text).find(({ option }) => option === "fargate")?.total).toBe("108.12");
    expect(await (await ask("", { Accept: "text/csv" })).text()).toBe(text);
  });

  test("is not sent again to who has it", async () => {
    const etag = (await ask(".csv")).headers.get("ETag") ?? "";
    expect(etag).toMatch(/^"/);
    expect((await ask(".csv", { "If-None-Match": etag })).status).toBe(304);
  });

  test.each([
    ["rows=tasks", "rows", /rows must be options, lines or hours\./],
    ["format=xml", "format", /table or focus/],
    ["format=focus&per=week", "per", /month or hour/],
    ["format=focus&focusVersion=2", "focusVersion", /1\.4 or 1\.2/],
    ["format=focus&month=2026-13", "month", /a month such as 2026-11/],
    ["option=No such", "option", /such as fargate/],
    ["option=lambda", "option", /There is no lambda to show here\. There are: fargate-spot/],
    ["page=0", "page", /whole number from 1/],
    ["page=9", "page", /There is no page 9: the last one is page 1\./],
    ["row=lines", "", /Known parameters are rows, format, option/],
    ["format=focus&rows=lines", "rows", /leave it out/],
  ])("?%s gets 400, which names what is known", async (query, path, message) => {
    const response = await ask(`.csv?${query}`);
    expect(response.status).toBe(400);
    expect(await problemsIn(response)).toMatchObject([{ path, message: expect.stringMatching(message) }]);
  });

  test("is a planned bill of November as FOCUS 1.4 has it, or 1.2", async () => {
    const bill = rowsOf(await (await ask(".csv?format=focus&option=fargate")).text());
    const november = bill.filter(({ BillingPeriodStart }) => BillingPeriodStart === "2026-11-01T00:00:00Z");
    expect(november.find(({ PricingUnit }) => PricingUnit === "vCPU-Hours")).toMatchObject({
      ...{ ServiceProviderName: "AWS", PricingQuantity: "2160", BilledCost: "87.4368", x_PeriodFrom: "request" },
    });
    const [older] = rowsOf(await (await ask(".csv?format=focus&focusVersion=1.2")).text());
    expect([older?.ProviderName, older?.PublisherName, older?.ServiceProviderName]).toEqual(["AWS", "AWS", undefined]);
  });
});

test("version says FOCUS's where there is none of a saved workload, whose own it is there", async () => {
  const of = (at: number, version: string) => app.ask(`${doors[at]}.csv?format=focus&version=${version}`);
  expect(Object.keys(rowsOf(await (await of(0, "1.2")).text())[0] ?? {})).toContain("ProviderName");
  expect([(await of(1, "1")).status, (await of(1, "1.2")).status, (await of(0, "1")).status]).toEqual([200, 400, 400]);
});

test("an unknown parameter is nobody's business where nothing is to be told by one", async () => {
  expect((await app.ask(`${doors[0]}.json?rows=tasks`)).status).toBe(200);
});

test("amounts are shown in a currency by a dated rate; without one of the three what is missing is told", async () => {
  const inEuros = "currency=eur&exchangeRate=0.5&exchangeRateDate=2026-11-25";
  const of = async (query: string) => await app.ask(`${doors[0]}.csv?option=fargate&${query}`);
  const [row] = rowsOf(await (await of(inEuros)).text());
  expect([row?.total, row?.currency, row?.exchange_rate]).toEqual(["54.06", "EUR", "0.5"]);
  const text = await (await app.ask(`${doors[2]}.txt?${inEuros}`)).text();
  expect(text).toContain("€54.06");
  const refused = async (query: string) => {
    const response = await of(query);
    const problems = (await problemsIn(response)) as readonly { readonly code: string; readonly path: string }[];
    return [response.status, ...problems.map(({ code, path }) => `${code} ${path}`)];
  };
  expect(await refused("currency=EUR")).toEqual([400, "missing exchangeRate", "missing exchangeRateDate"]);
  expect(await refused("currency=ABC&exchangeRate=-1&exchangeRateDate=2026-02-30")).toEqual([
    ...[400, "unknown_value currency", "unknown_value exchangeRate", "unknown_value exchangeRateDate"],
  ]);
  expect(await refused(inEuros.replace("eur", "USD"))).toEqual([400, "conflicting_values currency"]);
});

test("a link's hours come in pages under 1 MB, each with the address of the next; elsewhere all at once", async () => {
  const hours = ".csv?rows=hours";
  const count = rowsOf(await (await app.ask(`${doors[1]}${hours}`)).text()).length;
  let next: string | undefined = `${doors[2]}${hours}`;
  let rows = 0;
  let pages = 0;
  while (next !== undefined) {
    const response: Response = await app.ask(next);
    const text = await response.text();
    expect(new TextEncoder().encode(text).length).toBeLessThan(1_000_000);
    rows += rowsOf(text).length;
    pages += 1;
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get("Link") ?? "")?.[1];
  }
  expect([rows, pages > 1]).toEqual([count, true]);
});

test("a wrong parameter tells nobody that a link was there", async () => {
  const never = await app.ask(`/v1/sheets/stl_0123456789ab_${"0".repeat(64)}.csv?rows=tasks`);
  expect(never.status).toBe(404);
});
