import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentFormats } from "../../api/aws/documents/catalogue.ts";
import manifest from "../../package.json" with { type: "json" };
import { exampleWith, type MemoryApp, openMemoryApp, problemsIn } from "./memory-app.ts";

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: unknown;
  readonly externalDocs?: { readonly url: string };
}

interface Description {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let app: MemoryApp;
let description: Description;
beforeAll(async () => {
  app = await openMemoryApp();
  description = JSON.parse(await (await app.ask("/openapi.json")).text());
}, 60_000);
afterAll(() => app.close());

describe("/openapi.json", () => {
  test("describes every operation there is, in OpenAPI 3.1", () => {
    const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => `${method} ${path}: ${Object.keys(responses)}`),
    );

    expect(description.openapi).toMatch(/^3\.1\./);
    expect(description.info.version).toBe(manifest.version);
    expect(operations.sort()).toEqual([
      "delete /v1/batches/{id}: 204,401,403,404,429,503",
      "delete /v1/imports/{id}: 204,401,403,404,429,503",
      "delete /v1/keys/{id}: 204,401,403,404,429,503",
      "delete /v1/links/{id}: 204,401,403,404,429,503",
      "delete /v1/load-profiles/{name}: 204,401,403,404,429,503",
      "delete /v1/rate-cards/{name}: 204,401,403,404,429,503",
      "delete /v1/workloads/{name}: 204,400,401,403,404,412,429,503",
      "get /healthz: 200,403",
      "get /metrics: 200,401,403,404,429,503",
      "get /readyz: 200,403,503",
      "get /v1/batches/{id}/results: 200,401,403,404,406,422,429,503",
      "get /v1/batches/{id}: 200,401,403,404,429,503",
      "get /v1/comparisons/{a}/diff/{b}: 200,304,401,403,404,406,422,429,503",
      "get /v1/comparisons/{id}.{extension}: 200,304,400,401,403,404,429,503",
      "get /v1/comparisons/{id}: 200,304,400,401,403,404,406,429,503",
      "get /v1/imports/template.csv: 200,403",
      "get /v1/imports/template.xlsx: 200,403",
      "get /v1/imports/{id}.{extension}: 200,401,403,404,429,503",
      "get /v1/imports/{id}: 200,401,403,404,429,503",
      "get /v1/keys: 200,401,403,429,503",
      "get /v1/links: 200,401,403,429,503",
      "get /v1/load-profiles/{name}: 200,401,403,404,429,503",
      "get /v1/load-profiles: 200,401,403,429,503",
      "get /v1/prices: 200,400,401,403,422,429,503",
      "get /v1/rate-cards/{name}: 200,401,403,404,429,503",
      "get /v1/rate-cards: 200,401,403,429,503",
      "get /v1/sheets/{file}: 200,304,400,403,404,422,429,503",
      "get /v1/slack-audit: 200,400,401,403,429,503",
      "get /v1/snapshots: 200,401,403,429,503",
      "get /v1/workloads/{name}/comparison.{extension}: 200,304,400,401,403,404,422,429,503",
      "get /v1/workloads/{name}/comparison: 200,304,400,401,403,404,406,422,429,503",
      "get /v1/workloads/{name}/versions/{version}: 200,304,401,403,404,429,503",
      "get /v1/workloads/{name}/versions: 200,400,401,403,404,429,503",
      "get /v1/workloads/{name}: 200,304,401,403,404,429,503",
      "get /v1/workloads: 200,400,401,403,429,503",
      "post /slack/commands: 200,400,401,413,415",
      "post /slack/interactions: 200,400,401,413,415",
      "post /v1/batches: 200,202,401,403,406,413,415,422,429,503",
      "post /v1/comparisons: 200,400,401,403,406,413,415,422,429,503",
      "post /v1/imports: 200,202,400,401,403,406,413,415,422,429,503",
      "post /v1/keys: 201,400,401,403,413,415,422,429,503",
      "post /v1/links: 201,400,401,403,413,415,422,429,503",
      "post /v1/workloads/{name}/comparisons: 200,400,401,403,404,406,413,415,422,429,503",
      "put /v1/load-profiles/{name}: 204,400,401,403,413,415,422,429,503",
      "put /v1/rate-cards/{name}: 204,400,401,403,413,415,422,429,503",
      "put /v1/workloads/{name}: 200,201,400,401,403,412,413,415,422,429,503",
    ]);
  });

  test("has nothing in it that refers to nothing", () => {
    const references = JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
    const names = new Set([...references].map(([, name]) => name));

    expect(names.size).toBeGreaterThan(10);
    expect([...names].filter((name) => !(`${name}` in description.components.schemas))).toEqual([]);
  });

  test("names the fields of a request that are read, and no others", async () => {
    const [problem] = await problemsIn(await app.compare(exampleWith({ request: { qqqqqqqq: 1 } })));
    const known = problem?.message.match(/Known here are (.+)\.$/)?.[1]?.split(", ") ?? [];
    const notYet = ["commitments"];

    expect(known.length).toBeGreaterThan(10);
    expect(fieldsOf("ComparisonRequest")).toEqual(known.filter((name) => !notYet.includes(name)).sort());
  });

  test.each([
    ["runs", "Run"],
    ["cluster", "Cluster"],
  ])("names the fields of %s that are read, and no others", (field, name) => {
    const fields = documentFormats.find((format) => format.field === field)?.fields ?? {};

    expect(fieldsOf(name)).toEqual(Object.keys(fields).sort());
    expect(description.components.schemas[name]?.additionalProperties).toBe(false);
  });

  test.each(["TaskDefinition", "Service", "CapacityProviderStrategyItem", "PlacementConstraint"])(
    "leaves the fields of AWS's %s to AWS, and says where they are described",
    (name) => {
      const schema = description.components.schemas[name];

      expect(schema?.additionalProperties).not.toBe(false);
      expect(schema?.externalDocs?.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/AmazonECS\/latest\/APIReference\//);
    },
  );

  function fieldsOf(name: string): string[] {
    return Object.keys(description.components.schemas[name]?.properties ?? {}).sort();
  }
});

describe("/docs", () => {
  test("is a page whose every file is served here", async () => {
    const page = await (await app.ask("/docs")).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => `${file}`);

    expect(files).toEqual([
      "data:,",
      "/docs/swagger-ui.css",
      "/openapi.json",
      "/docs/swagger-ui-bundle.js",
      "/docs/start.js",
    ]);
    for (const file of files.filter((name) => name.startsWith("/"))) {
      const response = await app.ask(file);
      expect([file, response.status]).toEqual([file, 200]);
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
  });

  test("starts without anything of another origin: no validator, no address but its own", async () => {
    const start = await (await app.ask("/docs/start.js")).text();

    expect(start).toContain('url: "/openapi.json"');
    expect(start).toContain("validatorUrl: null");
    expect(start).not.toContain("//");
  });

  test("its style sheet loads nothing from elsewhere", async () => {
    const style = await (await app.ask("/docs/swagger-ui.css")).text();
    const loaded = [...style.matchAll(/url\(\s*["']?([^)"']{0,12})|@import\s+([^;]+)/g)].map(([, url]) => url ?? "");

    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((url) => !url.startsWith("data:"))).toEqual([]);
  });

  test("and may load nothing from elsewhere", async () => {
    const policy = (await app.ask("/docs")).headers.get("Content-Security-Policy") ?? "";
    const sources = policy.split("; ").flatMap((directive) => directive.split(" ").slice(1));

    expect([...new Set(sources)].sort()).toEqual(["'none'", "'self'", "'unsafe-inline'", "data:"]);
    expect(policy).toContain("script-src 'self';");
  });

  test("its files are not sent again to who has them", async () => {
    const etag = (await app.ask("/docs/swagger-ui-bundle.js")).headers.get("ETag") ?? "";

    expect((await app.ask("/docs/swagger-ui-bundle.js", { headers: { "If-None-Match": etag } })).status).toBe(304);
  });
});
