import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { presentations } from "../../api/routes/presentations.ts";
import { link } from "../../db/access-schema.ts";
import { comparison } from "../../db/kept-schema.ts";
import { exampleWith, type MemoryApp, openMemoryApp, posting, problemsIn } from "./memory-app.ts";

let app: MemoryApp;
let listed: { readonly id: string; readonly text: string };
let own: { readonly id: string; readonly text: string };
beforeAll(async () => {
  app = await openMemoryApp();
  listed = await compared(exampleWith({ request: { options: ["fargate"] } }));
  const rateCard = { discounts: [{ sku: "fargate/*", percent: 10 }] };
  own = await compared(exampleWith({ request: { options: ["fargate"], rateCard } }));
}, 60_000);
afterAll(() => app.close());

async function compared(request: object) {
  const text = await (await app.compare(request)).text();
  return { id: JSON.parse(text).id as string, text };
}

const ask = (asked: object) => app.ask("/v1/links", posting(asked));

interface Made {
  readonly id: string;
  readonly url: string;
  readonly expiresAt: string;
}

async function made(asked: object): Promise<Made> {
  const response = await ask(asked);
  expect([response.status, response.headers.get("Cache-Control")]).toEqual([201, "no-store"]);
  return (await response.json()) as Made;
}

describe("a link", () => {
  test("shows the comparison's very bytes as .json, its text as .txt, and without an extension what Accept says", async () => {
    const { url } = await made({ comparison: listed.id });
    expect(url).toMatch(/^\/v1\/sheets\/stl_[0-9a-f]{12}_[0-9a-f]{64}$/);
    expect(await (await app.ask(`${url}.json`)).text()).toBe(listed.text);
    const text = await (await app.ask(`${url}.txt`)).text();
    expect(text).toMatch(/^fargate +Fargate +\$108\.12/m);
    expect(await (await app.ask(url, { headers: { Accept: "text/plain" } })).text()).toBe(text);
    const extensions = presentations.map(({ extension }) => extension);
    for (const extension of extensions) expect((await app.ask(`${url}.${extension}`)).status).toBe(200);
    expect(new Set(extensions).size).toBe(presentations.length);
  });

  test("is cached by nobody but who asked, who is told when nothing has changed", async () => {
    const { url } = await made({ comparison: listed.id });
    const { headers } = await app.ask(`${url}.json`);
    expect(headers.get("Cache-Control")).toBe("private, no-cache");
    const again = await app.ask(`${url}.json`, { headers: { "If-None-Match": headers.get("ETag") ?? "" } });
    expect(again.status).toBe(304);
  });

  test("lasts 90 days unless told, and 366 at most", async () => {
    const days = async (asked: object) =>
      Math.round((Date.parse((await made({ comparison: listed.id, ...asked })).expiresAt) - Date.now()) / 86_400_000);
    expect([await days({}), await days({ expiresInDays: 1 }), await days({ expiresInDays: 366 })]).toEqual([
      90, 1, 366,
    ]);
  });

  test("is listed without its token, which is in no table either, and with its last use", async () => {
    const { id, url } = await made({ comparison: listed.id });
    await app.ask(`${url}.txt`);
    const text = await (await app.ask("/v1/links")).text();
    const secret = url.split("_")[2] ?? "none";
    expect(JSON.parse(text).links.find((one: { id: string }) => one.id === id)).toEqual({
      ...{ id, comparison: listed.id, ownPrices: false, createdBy: null, revokedAt: null },
      ...{ createdAt: expect.any(String), lastUsedAt: expect.any(String), expiresAt: expect.any(String) },
    });
    expect([text, JSON.stringify(await app.database.select().from(link))].join()).not.toContain(secret);
  });

  test.each([
    ["is revoked", (id: string) => app.ask(`/v1/links/${id}`, { method: "DELETE" })],
    ["has expired", () => app.database.update(link).set({ expiresAt: new Date() })],
    ["has lost its comparison", () => app.database.update(link).set({ target: "0".repeat(32) })],
  ])("that %s answers as one that never was: 404, word for word", async (_, end) => {
    const { id, url } = await made({ comparison: listed.id });
    const { headers } = await app.ask(`${url}.json`);
    await end(id);
    const never = await app.ask(`/v1/sheets/stl_0123456789ab_${"0".repeat(64)}.json`);
    const ended = await app.ask(`${url}.json`, { headers: { "If-None-Match": headers.get("ETag") ?? "" } });
    const [before, after] = [await never.text(), await ended.text()];
    expect([never.status, ended.status, after]).toEqual([404, 404, before]);
    expect(JSON.parse(after)).toMatchObject({ problems: [{ code: "not_found" }] });
  });

  test("shows nothing to a token with one letter wrong, with another's id, or of another extension", async () => {
    const [first, second] = [await made({ comparison: listed.id }), await made({ comparison: listed.id })];
    const mixed = first.url.replace(first.id, second.id);
    const wrong = first.url.slice(0, -1) + (first.url.endsWith("0") ? "1" : "0");
    const paths = [`${mixed}.json`, `${wrong}.json`, `${first.url}.exe`, `${first.url}.json.json`, `${first.url}.`];
    const statuses = await Promise.all(paths.map(async (path) => (await app.ask(path)).status));
    expect(statuses).toEqual([404, 404, 404, 404, 200]);
  });
});

describe("own prices", () => {
  test("are not shown unless that was asked for: a comparison with a rate card is refused without ownPrices", async () => {
    const refused = await ask({ comparison: own.id });
    expect(refused.status).toBe(422);
    expect(await problemsIn(refused)).toMatchObject([{ code: "own_prices", path: "ownPrices" }]);
    expect(await (await app.ask(`${(await made({ comparison: own.id, ownPrices: true })).url}.json`)).text()).toBe(
      own.text,
    );
  });

  test("may be in what was kept before it was noted, until it is made anew", async () => {
    await app.database.update(comparison).set({ ownPrices: null });
    expect(await problemsIn(await ask({ comparison: listed.id }))).toMatchObject([{ code: "own_prices" }]);
    await app.compare(exampleWith({ request: { options: ["fargate"] } }));
    expect((await ask({ comparison: listed.id })).status).toBe(201);
  });
});

describe("a link to a saved workload", () => {
  const save = async (desiredCount: number) => {
    const rateCard = { discounts: [{ sku: "fargate/*", percent: 10 }] };
    const request = exampleWith({ service: { desiredCount }, request: { options: ["fargate"], rateCard } });
    const response = await app.ask("/v1/workloads/linked", { ...posting(request), method: "PUT" });
    expect(response.ok).toBe(true);
  };
  const totalAt = async (url: string) => {
    const shown = (await (await app.ask(`${url}.json`)).json()) as { options: readonly { total: string }[] };
    return shown.options[0]?.total;
  };

  test("shows what it costs as it is now, at list prices, and with ownPrices at one's own", async () => {
    await save(6);
    const [list, own10] = [await made({ workload: "linked" }), await made({ workload: "linked", ownPrices: true })];
    expect([await totalAt(list.url), await totalAt(own10.url)]).toEqual(["108.12", "97.31"]);
    await save(12);
    expect([await totalAt(list.url), await totalAt(own10.url)]).toEqual(["216.24", "194.62"]);
    await app.ask("/v1/workloads/linked", { method: "DELETE" });
    expect((await app.ask(`${list.url}.json`)).status).toBe(404);
  });
});

test.each([
  [{}, ["not_an_id comparison"]],
  [{ workload: "nobody" }, ["workload_unknown workload"]],
  [{ workload: 7 }, ["not_an_id workload"]],
  [{ workload: "nobody", comparison: "0".repeat(32) }, ["conflicting_values comparison"]],
  [{ comparison: "0".repeat(32) }, ["comparison_unknown comparison"]],
  [{ comparison: "../etc", expiresInDays: 367 }, ["not_an_id comparison", "out_of_range expiresInDays"]],
  [
    { comparison: 1, expiresInDays: 1.5, ownPrices: "yes" },
    ["not_an_id comparison", "out_of_range expiresInDays", "wrong_type ownPrices"],
  ],
  [{ comparison: "0".repeat(32), url: "http://evil.example" }, ["unknown_field url"]],
])("a link asked for with mistakes is refused with each of them: %j", async (asked, expected) => {
  const response = await ask(asked);
  expect(response.status).toBe(422);
  expect((await problemsIn(response)).map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
});

test("no token and no key is in the log or in an answer, wherever in an address it stands", async () => {
  const { url } = await made({ comparison: listed.id });
  const token = url.replace("/v1/sheets/", "");
  app.log.length = 0;
  const key = `stw_0123456789ab_${"f".repeat(64)}`;
  const paths = [`${url}.json`, `/v1/sheets/${token}.txt/more`, `/v1/sheets//${token}`, `/v1/%73heets/${token}.exe`];
  for (const path of [
    ...paths,
    `/sheets/${token}`,
    `/v1/keys/${key}`,
    `/${token.replace("stl", "%73tl")}`,
    `/${token.replace("stl", "%2573tl")}`,
  ]) {
    const response = await app.ask(path);
    expect(JSON.stringify([...response.headers, await response.text()])).not.toContain(token.slice(-20));
  }
  const logged = JSON.stringify(app.log);
  expect(app.log).toHaveLength(8);
  expect(logged).not.toContain(token.slice(-20));
  expect(logged).not.toContain("f".repeat(20));
  expect(logged).toContain('"path":"/v1/sheets/***"');
});

test("where keys are needed a link is made with one and shows without, and says whose key made it", async () => {
  const keys = await Promise.all(
    ["admin", "read"].map(async (scope) => {
      const response = await app.ask("/v1/keys", posting({ name: scope, scope }));
      return (await response.json()) as { readonly id: string; readonly key: string };
    }),
  );
  const [admin, reader] = keys.map((key) => ({ ...key, Authorization: `Bearer ${key?.key}` }));
  expect((await ask({ comparison: listed.id })).status).toBe(401);
  const asked = (Authorization = "") => app.ask("/v1/links", posting({ comparison: listed.id }, { Authorization }));
  expect((await asked(reader?.Authorization)).status).toBe(403);
  const { id, url } = (await (await asked(admin?.Authorization)).json()) as Made;
  expect((await app.ask(`${url}.json`, { headers: { Host: "stowage.example" } })).status).toBe(200);
  const links = await app.ask("/v1/links", { headers: { Authorization: reader?.Authorization ?? "" } });
  const { links: all } = (await links.json()) as { links: { id: string; createdBy: string }[] };
  expect(all.find((one) => one.id === id)?.createdBy).toBe(admin?.id);
});
