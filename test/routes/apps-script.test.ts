import { createContext, runInContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleWith, type MemoryApp, openMemoryApp, posting } from "./memory-app.ts";

let app: MemoryApp;
let script: string;
beforeAll(async () => {
  app = await openMemoryApp();
  const request = exampleWith({ request: { options: ["fargate", "fargate-spot", "ec2"] } });
  await app.ask("/v1/workloads/checkout", { ...posting(request), method: "PUT" });
  script = await (await app.ask("/sheets/apps-script.js")).text();
}, 60_000);
afterAll(() => app.close());

const address = "http://localhost:8787/";

interface Fetched {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A cell's formula in Google's surroundings. There fetching waits, here it cannot: what is not there yet is fetched from the app and the
 * formula run anew.
 */
async function cell(formula: string, properties: Record<string, string> = { STOWAGE_ADDRESS: address }) {
  const answers = new Map<string, { readonly status: number; readonly text: string }>();
  const fetched: Fetched[] = [];
  while (true) {
    let missing: Fetched | null = null;
    const fetch = (url: string, { headers }: { headers: Record<string, string> }) => {
      const answer = answers.get(url);
      if (answer === undefined) missing = { url, headers: { ...headers } };
      return { getResponseCode: () => answer?.status ?? 0, getContentText: () => answer?.text ?? "" };
    };
    const kept = new Map<string, string>();
    const cache = {
      get: (key: string) => kept.get(key) ?? null,
      put: (key: string, value: string) => kept.set(key, value),
    };
    const google = createContext({
      UrlFetchApp: { fetch },
      PropertiesService: { getScriptProperties: () => ({ getProperties: () => ({ ...properties }) }) },
      CacheService: { getScriptCache: () => cache },
    });
    const outcome = outcomeOf(() => runInContext(`${script}\nJSON.stringify(${formula})`, google));
    if (missing === null) return { outcome, fetched };
    const { url, headers }: Fetched = missing;
    fetched.push({ url, headers });
    const response = await app.ask(url, { headers });
    answers.set(url, { status: response.status, text: await response.text() });
  }
}

function outcomeOf(run: () => string): unknown {
  try {
    return JSON.parse(run());
  } catch (error) {
    return `#ERROR! ${(error as Error).message}`;
  }
}

describe("=STOWAGE", () => {
  test.each([
    ['STOWAGE("checkout", "fargate", "monthly")', 108.12],
    ['STOWAGE("checkout", "fargate")', 108.12],
    ['STOWAGE("Checkout", "FARGATE", "Total")', 108.12],
    ['STOWAGE(" “checkout” ", "‘fargate’", "„monthly“")', 108.12],
    ['STOWAGE("checkout", "Fargate Spot") < STOWAGE("checkout", "fargate")', true],
    ['STOWAGE("checkout", "cheapest") === STOWAGE("checkout", "fargate-spot")', true],
    ['STOWAGE("checkout") === STOWAGE("checkout", "recommended", "monthly")', true],
  ])("%s is %j", async (formula, expected) => {
    expect((await cell(formula)).outcome).toBe(expected);
  });

  test("of an hour and of a year is that part of the 730 hours that were compared", async () => {
    const { outcome } = await cell(
      '[STOWAGE("checkout", "fargate", "hourly"), STOWAGE("checkout", "fargate", "yearly")]',
    );
    expect(outcome).toEqual([108.12 / 730, (108.12 * 8760) / 730]);
  });

  test("asks once, however often it is written", async () => {
    const { fetched } = await cell('[STOWAGE("checkout"), STOWAGE("checkout", "ec2"), STOWAGE_TABLE("checkout")]');
    expect(fetched.map(({ url }) => url)).toEqual(["http://localhost:8787/v1/workloads/checkout/comparison.json"]);
  });

  test.each([
    ['STOWAGE("")', /^#ERROR! Name a saved workload/],
    ['STOWAGE("nobody")', /^#ERROR! There is no workload of this name/],
    ['STOWAGE("checkout", "lambda")', /There is no option lambda\. There are: fargate-spot, /],
    ['STOWAGE("checkout", "fargate", "weekly")', /weekly is not known here: ask for monthly/],
  ])("%s tells in the cell what is wrong", async (formula, expected) => {
    expect((await cell(formula)).outcome).toMatch(expected);
  });

  test("without an address says which property to set", async () => {
    expect((await cell('STOWAGE("checkout")', {})).outcome).toMatch(/Set the script property STOWAGE_ADDRESS/);
  });
});

test("=STOWAGE_TABLE spills a heading and a row for each option, the cheapest first", async () => {
  const { outcome } = await cell('STOWAGE_TABLE("checkout")');
  const rows = outcome as (string | number)[][];
  expect(rows[0]).toEqual(["Option", "", "Total", "Per month", "Per hour", "Difference", "Note"]);
  expect(rows.slice(1).map(([id]) => id)).toEqual(expect.arrayContaining(["fargate", "fargate-spot", "ec2"]));
  expect(rows.find(([id]) => id === "fargate")?.slice(0, 4)).toEqual(["fargate", "Fargate", 108.12, 108.12]);
  expect(rows[1]?.[5]).toBe(0);
  expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([7]));
});

test("the script is there for all, and not sent again to who has it", async () => {
  const response = await app.ask("/sheets/apps-script.js");
  expect(response.headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
  const etag = response.headers.get("ETag") ?? "";
  expect((await app.ask("/sheets/apps-script.js", { headers: { "If-None-Match": etag } })).status).toBe(304);
});

test("where keys are needed a cell asks with the one in the properties, or with a link's token and no key", async () => {
  const link = (await (await app.ask("/v1/links", posting({ workload: "checkout" }))).json()) as { url: string };
  const token = link.url.replace("/v1/sheets/", "");
  const made = await app.ask("/v1/keys", posting({ name: "admin", scope: "admin" }));
  const { key } = (await made.json()) as { key: string };
  const properties = { STOWAGE_ADDRESS: address, STOWAGE_KEY: key };
  expect((await cell('STOWAGE("checkout", "fargate")')).outcome).toMatch(/^#ERROR! This needs an API key/);
  const byKey = await cell('STOWAGE("checkout", "fargate")', properties);
  expect([byKey.outcome, byKey.fetched[0]?.headers]).toEqual([108.12, { Authorization: `Bearer ${key}` }]);
  const byLink = await cell('STOWAGE("checkout", "fargate")', { ...properties, STOWAGE_LINK_Checkout: ` ${token} ` });
  expect([byLink.outcome, byLink.fetched[0]?.headers]).toEqual([108.12, {}]);
  expect((await app.ask("/sheets/apps-script.js", { headers: { Host: "stowage.example" } })).status).toBe(200);
});
