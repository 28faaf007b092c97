import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DifferenceDocument } from "../../api/present/difference-json.ts";
import { differenceText } from "../../api/present/difference-text.ts";
import { difference } from "../../api/routes/schemas/difference.ts";
import { storeComparison } from "../../db/comparisons.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { appOver, documentIn, exampleWith, problemsIn } from "./memory-app.ts";

const unknown = "0".repeat(32);

let opened: OpenDatabase;
let app: ReturnType<typeof appOver>;
let ids: { six: string; twelve: string; china: string };
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
  app = appOver(opened.database);
  const six = await documentIn(await app.compare(exampleWith({})));
  const twelve = await documentIn(await app.compare(exampleWith({ service: { desiredCount: 12 } })));
  const china = { ...six, id: "c".repeat(32), region: "cn-north-1", currency: "CNY" };
  await storeComparison(opened.database, { id: china.id, body: JSON.stringify(china), ownPrices: false });
  ids = { six: six.id, twelve: twelve.id, china: china.id };
}, 60_000);
afterAll(() => opened.close());

describe("GET /v1/comparisons/{a}/diff/{b}", () => {
  test("twelve tasks instead of six are $108.12 more on Fargate, all of it count, in the published fields", async () => {
    const document = await differenceFrom(`/v1/comparisons/${ids.six}/diff/${ids.twelve}`);

    expect(difference.parse(document)).toEqual(document);
    expect(document.options.find(({ id }) => id === "fargate")).toMatchObject({
      total: { was: "108.12", is: "216.24" },
      difference: "108.12",
      causes: [{ cause: "count", amount: "108.12", amountExact: "108.1203" }],
    });
  });

  test("Accept: text/plain is answered with the presentation for a terminal", async () => {
    const path = `/v1/comparisons/${ids.six}/diff/${ids.twelve}`;
    const response = await app.ask(path, { headers: { Accept: "text/plain" } });

    expect(response.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toBe(differenceText(await differenceFrom(path)));
  });

  test("it is cached privately for good under a strong ETag, and who has it gets 304", async () => {
    const path = `/v1/comparisons/${ids.six}/diff/${ids.twelve}`;
    const { headers } = await app.ask(path);
    const etag = headers.get("ETag") ?? "";
    const again = await app.ask(path, { headers: { "If-None-Match": etag } });

    expect(headers.get("Cache-Control")).toBe("private, max-age=31536000, immutable");
    expect(headers.get("Vary")).toBe("Accept");
    expect(etag).toMatch(/^"[0-9a-f]{40}"$/);
    expect(again.status).toBe(304);
  });

  test("one beside itself differs in nothing", async () => {
    const { inputs, options } = await differenceFrom(`/v1/comparisons/${ids.six}/diff/${ids.six}`);

    expect([inputs, options.flatMap(({ causes }) => causes)]).toEqual([[], []]);
  });

  test.each([
    ["the first", () => `${unknown}/diff/${ids.six}`, ["a"]],
    ["the second", () => `${ids.six}/diff/${unknown}`, ["b"]],
    ["both", () => `${unknown}/diff/web`, ["a", "b"]],
    ["what is no id", () => `${"a".repeat(10_000)}/diff/${ids.six}`, ["a"]],
  ])("%s, where it is unknown, is named", async (_, path, missing) => {
    const response = await app.ask(`/v1/comparisons/${path()}`);
    const problems = await problemsIn(response);

    expect(response.status).toBe(404);
    expect(problems.map(({ code }) => code)).toEqual(missing.map(() => "not_found"));
    expect(problems.map((problem) => problem.path)).toEqual(missing);
    expect(JSON.stringify(problems).length).toBeLessThan(1000);
  });

  test("dollars and yuan have no difference", async () => {
    const response = await app.ask(`/v1/comparisons/${ids.six}/diff/${ids.china}`);

    expect(response.status).toBe(422);
    expect(await problemsIn(response)).toMatchObject([
      { code: "currency_differs", message: expect.stringMatching(/USD .*CNY/) },
    ]);
  });

  test("a presentation that there is none of is refused with those that there are", async () => {
    const path = `/v1/comparisons/${ids.six}/diff/${ids.twelve}`;
    const response = await app.ask(path, { headers: { Accept: "image/png" } });

    expect(response.status).toBe(406);
    expect(await problemsIn(response)).toMatchObject([{ message: expect.stringContaining("text/plain") }]);
  });
});

async function differenceFrom(path: string): Promise<DifferenceDocument> {
  const response = await app.ask(path);
  expect(response.status).toBe(200);
  return JSON.parse(await response.text());
}
