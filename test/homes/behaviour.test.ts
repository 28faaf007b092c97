import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { serverUrl } from "../db/engines.ts";
import { exampleWith, posting, problemsIn } from "../routes/memory-app.ts";
import { homes, type RunningHome } from "./home.ts";
import { bearer, putting, type Visitor, visit } from "./visitor.ts";

const goldens = ["shop", "scaled-web", "kubernetes-shop", "full-bill", "nginx-ec2"];
const asText = { Accept: "text/plain" };

test("the homes are the Node server and the runtime of Cloudflare Workers", () => {
  expect(homes.map(({ name }) => name)).toEqual(["Node", "workerd"]);
});

describe.each(serverUrl === null ? [] : [homes])("two homes, one app:", (...both) => {
  const running = new Map<string, RunningHome & { readonly visitor: Visitor }>();
  beforeAll(async () => {
    const begun = both.map(async ({ name, start }) => {
      const home = await start({ requestsPerMinute: 600 });
      running.set(name, { ...home, visitor: await visit(home) });
    });
    await Promise.all(begun);
  });
  afterAll(() => Promise.all([...running.values()].map((home) => home.close())));

  function at(name: string) {
    const home = running.get(name);
    if (home === undefined) throw new Error(`${name} is not running`);
    return { ...home, ...home.visitor, stranger: home.ask };
  }

  /** The same asked of each, which must get the same answer to the byte. */
  async function alike(
    path: string,
    init?: RequestInit,
  ): Promise<{ readonly body: string; readonly answer: Response }> {
    const answers = await Promise.all(both.map(({ name }) => at(name).ask(path, init)));
    const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
    expect(second).toBe(first);
    expect(answers[1]?.status).toBe(answers[0]?.status);
    return { body: `${first}`, answer: answers[0] as Response };
  }

  test.each(goldens)("%s is answered with the same bytes, and reopens as it was", async (golden) => {
    const request = readFileSync(new URL(`../golden/${golden}/input.json`, import.meta.url), "utf8");
    const { body, answer } = await alike("/v1/comparisons", posting(request));
    const path = answer.headers.get("Location") ?? "";

    expect(answer.status).toBe(200);
    expect(path).toBe(`/v1/comparisons/${JSON.parse(body).id}`);
    expect((await alike(path)).body).toBe(body);
    expect((await alike(`${path}.json`)).body).toBe(body);
    expect((await alike(`${path}.txt`)).body).toBe((await alike(path, { headers: asText })).body);
    expect((await alike("/v1/comparisons", posting(request, asText))).body).toContain("Recommended");
  });

  test("a difference, a stored rate card and a refusal are the same too", async () => {
    const card = { discounts: [{ sku: "fargate/*", percent: "10" }] };
    await alike("/v1/rate-cards/ten-percent", putting(card));
    const [was, is] = [
      await alike("/v1/comparisons", posting(comparisonExample)),
      await alike("/v1/comparisons", posting(exampleWith({ request: { rateCard: "ten-percent" } }))),
    ];
    const ids = [was, is].map(({ body }) => JSON.parse(body).id);

    expect((await alike(`/v1/comparisons/${ids[0]}/diff/${ids[1]}`)).answer.status).toBe(200);
    expect((await alike(`/v1/comparisons/${ids[0]}/diff/${ids[1]}`, { headers: asText })).body).toContain("price");
    expect((await alike("/v1/rate-cards/ten-percent")).body).toBe(JSON.stringify(card));
    expect((await alike("/v1/rate-cards")).body).toBe('{"names":["ten-percent"]}');
    const wrong = await alike("/v1/comparisons", posting(exampleWith({ definition: { cpu: "banana" } })));
    expect([wrong.answer.status, wrong.answer.headers.get("Content-Type")]).toEqual([422, "application/problem+json"]);
    expect((await alike("/openapi.json")).answer.status).toBe(200);
  });

  test("the template costs the same in both, and again as the workbook and the CSV that come of it", async () => {
    const results = both.map(async ({ name }) => {
      const { ask } = at(name);
      let list = await ask("/v1/imports/template.xlsx");
      const costs: object[] = [];
      for (const extension of ["xlsx", "csv", "json"]) {
        const headers = { "Content-Type": list.headers.get("Content-Type") ?? "" };
        const sent = await ask("/v1/imports", { method: "POST", headers, body: await list.arrayBuffer() });
        const { import: id, ...result } = (await sent.json()) as { readonly import: string };
        costs.push(result);
        list = await ask(`/v1/imports/${id}.${extension}`);
      }
      return costs;
    });
    const [first = [], second = []] = await Promise.all(results);

    expect(first[0]).toMatchObject({ done: true, rows: 3, totals: { fargate: expect.stringMatching(/^\d+\.\d\d$/) } });
    for (const result of [...first, ...second]) expect(result).toEqual(first[0]);
  });

  describe.each(both)("$name", ({ name }) => {
    test("keeps workloads by version, for whoever has the last one: 201, 200, 412, 304, 204, 404", async () => {
      const { ask } = at(name);
      const path = "/v1/workloads/web";
      const made = await ask(path, putting(comparisonExample));
      const etag = made.headers.get("ETag") ?? "";
      const changed = await ask(path, putting(exampleWith({ service: { desiredCount: 7 } }), { "If-Match": etag }));
      const late = await ask(path, putting(comparisonExample, { "If-Match": etag }));
      const now = changed.headers.get("ETag") ?? "";
      const same = await ask(path, { headers: { "If-None-Match": now } });
      const compared = await ask(`${path}/comparison`);
      const gone = [await ask(path, { method: "DELETE" }), await ask(path)];

      expect([etag, now]).toEqual([expect.stringMatching(/^"1-/), expect.stringMatching(/^"2-/)]);
      const statuses = [made, changed, late, same, compared, ...gone].map(({ status }) => status);
      expect(statuses).toEqual([201, 200, 412, 304, 200, 204, 404]);
      expect(compared.headers.get("Content-Location")).toMatch(/^\/v1\/comparisons\/[0-9a-f]{32}$/);
    });

    test("shows a link to whoever has its address, until it is revoked", async () => {
      const { ask, json, stranger } = at(name);
      const { id: comparison } = await json<{ readonly id: string }>("/v1/comparisons", posting(comparisonExample));
      const link = { ...posting({ comparison }), expected: 201 };
      const { id, url } = await json<{ readonly id: string; readonly url: string }>("/v1/links", link);

      expect(await (await stranger(`${url}.txt`)).text()).toBe(
        await (await ask(`/v1/comparisons/${comparison}.txt`)).text(),
      );
      expect((await ask(`/v1/links/${id}`, { method: "DELETE" })).status).toBe(204);
      expect((await stranger(`${url}.txt`)).status).toBe(404);
    });

    test("lets keys do what their scope says, and revoked ones nothing: 401, 403", async () => {
      const { ask, json, stranger } = at(name);
      const made = { ...posting({ name: "ci", scope: "read" }), expected: 201 };
      const { id, key } = await json<{ readonly id: string; readonly key: string }>("/v1/keys", made);
      const asked = async (path: string, init: RequestInit = {}) =>
        await stranger(path, {
          ...init,
          headers: { ...Object.fromEntries(new Headers(init.headers)), ...bearer(key) },
        });

      expect((await asked("/v1/snapshots")).status).toBe(200);
      const refused = await asked("/v1/rate-cards/mine", putting({ discounts: [] }));
      expect([refused.status, (await problemsIn(refused))[0]?.code]).toEqual([403, "scope_missing"]);
      expect((await ask(`/v1/keys/${id}`, { method: "DELETE" })).status).toBe(204);
      const unknown = await asked("/v1/snapshots");
      expect([unknown.status, unknown.headers.get("WWW-Authenticate")]).toEqual([401, "Bearer"]);
    });

    test("has no word for other sites, and the headers that keep browsers from misusing an answer", async () => {
      const { ask, stranger } = at(name);
      const origin = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" };
      const answers = [
        await ask("/v1/snapshots", { headers: origin }),
        await ask("/v1/comparisons", { method: "OPTIONS", headers: origin }),
        await stranger("/v1/comparisons", { method: "OPTIONS", headers: origin }),
        await stranger("/docs", { headers: origin }),
        await ask("/nowhere", { headers: origin }),
      ];

      expect(answers.map(({ status }) => status)).toEqual([200, 405, 401, 200, 404]);
      for (const { headers } of answers) {
        expect([...headers.keys()].filter((field) => field.startsWith("access-control"))).toEqual([]);
        expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
        expect(headers.get("X-Frame-Options")).toBe("DENY");
        expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
        expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'; script-src 'self';");
        expect(headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
      }
    });
  });
});
