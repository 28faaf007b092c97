import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "../../api/core/model/problem.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";
import { type MemoryApp, openMemoryApp, posting } from "./memory-app.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
});
afterAll(() => app.close());

const tenPercentOff = { discounts: [{ sku: "fargate/*", percent: "10" }] };
const request = {
  region: "us-east-1",
  taskDefinitions: [
    { family: "web", cpu: "1024", memory: "2048", networkMode: "awsvpc", containerDefinitions: [{ name: "web" }] },
  ],
  options: ["fargate"],
};

const put = (name: string, card: unknown) => app.ask(`/v1/rate-cards/${name}`, { ...posting(card), method: "PUT" });

async function fargate(rateCard?: unknown) {
  const response = await app.compare({ ...request, ...(rateCard !== undefined && { rateCard }) });
  const document = (await response.json()) as ComparisonDocument;
  return document.options.find((option) => option.id === "fargate");
}

async function problemsOf(response: Response): Promise<string[]> {
  const { problems } = (await response.json()) as { problems: Problem[] };
  return problems.map(({ code, path }) => `${code} ${path}`);
}

describe("a stored rate card", () => {
  test("of 10 % makes $36.04 an own $32.44, with the list price beside it", async () => {
    expect((await put("acme", tenPercentOff)).status).toBe(204);
    expect(await fargate()).toMatchObject({ total: "36.04", listTotal: "36.04" });
    expect(await fargate("acme")).toMatchObject({ total: "32.44", listTotal: "36.04" });
    expect((await fargate("acme"))?.lineItems[0]).toMatchObject({ unitPrice: "0.036432", listUnitPrice: "0.04048" });
  });

  test("answers the same as the same card in the request", async () => {
    await put("acme", tenPercentOff);
    const [stored, written] = await Promise.all(
      ["acme", tenPercentOff].map(async (rateCard) => await (await app.compare({ ...request, rateCard })).text()),
    );
    expect(stored).toBe(written);
  });

  test("comes back as it was stored, is replaced, and is gone once deleted", async () => {
    await put("brief", { discounts: [] });
    await put("brief", tenPercentOff);
    expect(await (await app.ask("/v1/rate-cards/brief")).json()).toEqual(tenPercentOff);
    expect((await app.ask("/v1/rate-cards/brief", { method: "DELETE" })).status).toBe(204);
    expect((await app.ask("/v1/rate-cards/brief")).status).toBe(404);
    expect((await app.ask("/v1/rate-cards/brief", { method: "DELETE" })).status).toBe(404);
  });

  test("that does not exist is a problem by name", async () => {
    const response = await app.compare({ ...request, rateCard: "nobody" });
    expect([response.status, await problemsOf(response)]).toEqual([422, ["rate_card_unknown rateCard"]]);
  });

  test.each([
    [{ discounts: [{ sku: "ec2/*", percent: 101 }] }, ["not_a_percentage rateCard.discounts[0].percent"]],
    [
      { prices: [{ sku: "x", unitPrice: -1 }], discount: [] },
      ["unknown_field rateCard.discount", "not_an_amount rateCard.prices[0].unitPrice"],
    ],
    [[], ["wrong_type rateCard"]],
  ])("with mistakes is refused with each of them: %j", async (card, expected) => {
    const response = await put("wrong", card);
    expect([response.status, await problemsOf(response)]).toEqual([422, expected]);
    expect((await app.ask("/v1/rate-cards/wrong")).status).toBe(404);
  });

  test("needs a plain name", async () => {
    expect(await problemsOf(await put("A%20b", tenPercentOff))).toEqual(["not_a_name "]);
  });
});
