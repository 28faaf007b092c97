import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparisonText } from "../../api/present/text.ts";
import { presentations } from "../../api/routes/presentations.ts";
import { documentIn, exampleWith, type MemoryApp, openMemoryApp, posting, problemsIn } from "./memory-app.ts";
import { secretRequest } from "./secret-request.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
}, 60_000);
afterAll(() => app.close());

const put = (name: string, body: unknown) => app.ask(`/v1/workloads/${name}`, { ...posting(body), method: "PUT" });
const compare = (path: string, over?: object, headers: Record<string, string> = {}) =>
  app.ask(`/v1/workloads/${path}`, over === undefined ? { method: "POST", headers } : posting(over, headers));
const get = (path: string, headers: Record<string, string> = {}) => app.ask(path, { headers });
const withTasks = (desiredCount: number) => exampleWith({ service: { desiredCount } });
const codesIn = async (response: Response) => (await problemsIn(response)).map(({ code, path }) => `${code} ${path}`);

describe("a comparison of a saved workload", () => {
  test.each([
    ["the example", withTasks(6)],
    ["one with secrets everywhere", secretRequest],
  ])("is the one of the request it was saved from, to the byte: %s", async (_, request) => {
    await put("same", request);
    const saved = await compare("same/comparisons");
    const direct = await app.compare(request);

    expect([saved.status, await saved.text()]).toEqual([200, await direct.text()]);
    expect(saved.headers.get("Location")).toBe(direct.headers.get("Location"));
    expect((await get(saved.headers.get("Location") ?? "")).status).toBe(200);
  });

  test("has the fields that are laid over it: 365 hours cost half, a rate card takes off 10 %", async () => {
    await put("over", exampleWith({ request: { options: ["fargate"] } }));
    const totalOf = async (over?: object) =>
      (await documentIn(await compare("over/comparisons", over))).options[0]?.totalExact;
    const rateCard = { discounts: [{ sku: "fargate/*", percent: 10 }] };

    expect(Number(await totalOf({ hours: 365 })) * 2).toBeCloseTo(Number(await totalOf()), 6);
    expect(Number(await totalOf({ rateCard })) / Number(await totalOf({}))).toBeCloseTo(0.9, 6);
    expect((await documentIn(await compare("over/comparisons", { options: null }))).options.length).toBeGreaterThan(3);
  });

  test("takes the version that is asked for: 2 tasks cost twice 1", async () => {
    for (const tasks of [1, 2]) {
      await put("versions", exampleWith({ service: { desiredCount: tasks }, request: { options: ["fargate"] } }));
    }
    const totalOf = async (response: Response) => Number((await documentIn(response)).options[0]?.totalExact);
    const latest = await totalOf(await compare("versions/comparisons"));

    expect(await totalOf(await compare("versions/comparisons?version=1"))).toBe(latest / 2);
    expect(await totalOf(await get("/v1/workloads/versions/comparison.json?version=1"))).toBe(latest / 2);
    expect(await codesIn(await compare("versions/comparisons?version=3"))).toEqual(["not_found "]);
    expect(await codesIn(await compare("versions/comparisons?version=one"))).toEqual(["unknown_value version"]);
  });

  test("is refused where what is laid over it is wrong, or not to be laid over, or no JSON", async () => {
    await put("refused", withTasks(1));
    const wrong = (over: object) => compare("refused/comparisons", over).then(codesIn);

    expect(await wrong({ hours: -1, options: ["gone"] })).toEqual(["out_of_range hours", "option_unknown options[0]"]);
    expect(await wrong({ services: [] })).toEqual(["unknown_field services"]);
    expect(await wrong({ commitments: [{}] })).toEqual(["not_supported_yet commitments"]);
    expect(await wrong([])).toEqual(["wrong_type "]);
    expect((await app.ask("/v1/workloads/refused/comparisons", posting("{"))).status).toBe(400);
    expect(
      (await app.ask("/v1/workloads/refused/comparisons", posting("{}", { "Content-Type": "text/plain" }))).status,
    ).toBe(415);
    expect((await compare("nobody/comparisons")).status).toBe(404);
    expect((await compare("refused/comparisons", {}, { Accept: "image/png" })).status).toBe(406);
  });

  test("takes the fields that the API's description names, and no others", async () => {
    await put("fields", withTasks(1));
    const [problem] = await problemsIn(await compare("fields/comparisons", { qqqqqqqq: 1 }));
    const known = problem?.message.match(/Known here are (.+)\.$/)?.[1]?.split(", ") ?? [];
    const { components } = (await (await get("/openapi.json")).json()) as {
      components: { schemas: Record<string, { properties: object }> };
    };
    const described = Object.keys(components.schemas.WorkloadOverlay?.properties ?? {});

    expect([...described, "commitments"].sort()).toEqual(known.sort());
  });

  test("is refused once the rate card it names is gone, by name", async () => {
    await app.ask("/v1/rate-cards/passing", { ...posting({ discounts: [] }), method: "PUT" });
    await put("carded", exampleWith({ request: { rateCard: "passing" } }));
    await app.ask("/v1/rate-cards/passing", { method: "DELETE" });

    expect(await codesIn(await get("/v1/workloads/carded/comparison"))).toEqual(["rate_card_unknown rateCard"]);
  });
});

describe("the comparison at the latest prices", () => {
  test("is had in each presentation, by Accept or by the end of its address, and so are those reopened", async () => {
    await put("shown", withTasks(3));
    const document = await documentIn(await get("/v1/workloads/shown/comparison"));

    expect(new Set(presentations.map(({ extension }) => extension)).size).toBe(presentations.length);
    for (const { mediaType, extension, contentType } of presentations) {
      const negotiated = await get("/v1/workloads/shown/comparison", { Accept: mediaType });
      const named = await get(`/v1/workloads/shown/comparison.${extension}`, { Accept: "image/png" });
      const reopened = await get(`/v1/comparisons/${document.id}.${extension}`, { Accept: "image/png" });
      const bytes = await negotiated.text();
      expect([bytes, bytes]).toEqual([await named.text(), await reopened.text()]);
      expect([negotiated, named, reopened].map(({ headers }) => headers.get("Content-Type"))).toEqual([
        contentType,
        contentType,
        contentType,
      ]);
      expect([negotiated.headers.get("Vary"), named.headers.get("Vary")]).toEqual(["Accept", null]);
      expect(named.headers.get("Content-Location")).toBe(`/v1/comparisons/${document.id}`);
    }
    expect(await (await get("/v1/workloads/shown/comparison.txt")).text()).toBe(comparisonText(document, null));
    for (const path of ["/v1/workloads/shown/comparison.exe", `/v1/comparisons/${document.id}.exe`]) {
      expect(await problemsIn(await get(path))).toMatchObject([
        { code: "not_found", message: expect.stringContaining(".json, .txt") },
      ]);
    }
    for (const path of ["/v1/workloads/shown/comparison.", "/v1/workloads/shown/comparison.json.txt"]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  test("is not sent again where neither prices nor workload have changed, and is where the workload has", async () => {
    await put("etag", withTasks(1));
    for (const extension of ["", ".txt"]) {
      const etag = (await get(`/v1/workloads/etag/comparison${extension}`)).headers.get("ETag") ?? "";
      const again = () => get(`/v1/workloads/etag/comparison${extension}`, { "If-None-Match": etag });

      expect((await again()).status).toBe(304);
      await put("etag", withTasks(extension === "" ? 2 : 3));
      expect((await again()).status).toBe(200);
    }
  });

  test("is gone with a purge, unless it was asked for without the workload, or from another one", async () => {
    const locations: string[] = [];
    for (const tasks of [11, 12, 13]) {
      await put("erased", withTasks(tasks));
      locations.push((await compare("erased/comparisons")).headers.get("Location") ?? "");
    }
    await app.compare(withTasks(12));
    await put("other", withTasks(13));
    await get("/v1/workloads/other/comparison");
    const statuses = () => Promise.all(locations.map(async (location) => (await get(location)).status));

    expect(await statuses()).toEqual([200, 200, 200]);
    await app.ask("/v1/workloads/erased?purge=true", { method: "DELETE" });
    expect(await statuses()).toEqual([404, 200, 200]);
    await app.ask("/v1/workloads/other?purge=true", { method: "DELETE" });
    expect(await statuses()).toEqual([404, 200, 404]);
  });

  test.each([
    ["POST", "/v1/workloads/web/comparison", "GET, HEAD"],
    ["GET", "/v1/workloads/web/comparisons", "POST"],
    ["POST", "/v1/workloads/web", "PUT, GET, DELETE, HEAD"],
    ["PUT", "/v1/workloads", "GET, HEAD"],
  ])("%s %s gets 405, and is told which methods there are", async (method, path, allow) => {
    const response = await app.ask(path, { method });

    expect([response.status, response.headers.get("Allow")?.split(", ").sort()]).toEqual([
      405,
      allow.split(", ").sort(),
    ]);
  });
});
