import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparisonText } from "../../api/present/text.ts";
import { comparisonWorkbook } from "../../api/present/workbook.ts";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { comparison } from "../../api/routes/schemas/comparison.ts";
import { documentIn, exampleWith, type MemoryApp, openMemoryApp, problemsIn } from "./memory-app.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
}, 60_000);
afterAll(() => app.close());

describe("POST /v1/comparisons", () => {
  test("six tasks of half a vCPU and 1 GB cost $108.12 a month on Fargate in us-east-1", async () => {
    const response = await app.compare(comparisonExample);
    const document = await documentIn(response);

    expect(response.headers.get("Content-Type")).toBe("application/json");
    expect(document.options.find(({ id }) => id === "fargate")?.total).toBe("108.12");
    expect(response.headers.get("Location")).toBe(`/v1/comparisons/${document.id}`);
    expect(response.headers.get("Vary")).toBe("Accept");
  });

  test.each([
    ["one service", comparisonExample],
    ["an option that is refused", exampleWith({ definition: { cpu: "300" } })],
    [
      "a job on EC2 with cluster settings",
      {
        region: "eu-central-1",
        taskDefinitions: exampleWith({ definition: { family: "batch" } }).taskDefinitions,
        runs: [{ taskDefinition: "batch", tasks: 5, seconds: 600, times: 30 }],
        cluster: { zones: 2, allow: ["burstable"] },
      },
    ],
  ])("the answer has the published fields and no others: %s", async (_, request) => {
    const document = await documentIn(await app.compare(request));

    expect(comparison.parse(document)).toEqual(document);
  });

  test("the same question has the same id and the same bytes, however its fields are ordered", async () => {
    const { services, taskDefinitions, region } = comparisonExample;
    const first = await (await app.compare(comparisonExample)).text();
    const stored = await app.storedBodies();
    const second = await (await app.compare({ services, region, taskDefinitions })).text();

    expect(second).toBe(first);
    expect(await app.storedBodies()).toEqual(stored);
  });

  test("Accept: text/plain is answered with the presentation for a terminal", async () => {
    const document = await documentIn(await app.compare(comparisonExample));
    const response = await app.compare(comparisonExample, { Accept: "text/plain" });

    expect(response.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toBe(comparisonText(document, null));
  });

  test("Accept: …spreadsheetml.sheet is answered with a workbook to be kept as a file, the same each time", async () => {
    const accept = { Accept: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };
    const document = await documentIn(await app.compare(comparisonExample));
    const response = await app.compare(comparisonExample, accept);
    const reopened = await app.ask(`/v1/comparisons/${document.id}.xlsx`);
    const bytes = new Uint8Array(await response.arrayBuffer());

    expect(response.headers.get("Content-Type")).toBe(accept.Accept);
    expect(response.headers.get("Content-Disposition")).toBe(`attachment; filename="stowage-${document.id}.xlsx"`);
    expect(bytes).toEqual(await comparisonWorkbook(document, null));
    expect(new Uint8Array(await reopened.arrayBuffer())).toEqual(bytes);
    expect((await app.ask(`/v1/comparisons/${document.id}`)).headers.get("Content-Disposition")).toBeNull();
  });

  test.each(["application/json; charset=utf-8", "Application/JSON", 'application/json;charset="UTF-8"'])(
    "a body sent as %s is JSON",
    async (contentType) => {
      expect((await app.compare(comparisonExample, { "Content-Type": contentType })).status).toBe(200);
    },
  );

  test("a byte order mark before the JSON does no harm", async () => {
    expect((await app.compare(`\uFEFF${JSON.stringify(comparisonExample)}`)).status).toBe(200);
  });

  test("a body in chunks, without a length, is read whole", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(comparisonExample));
    const stream = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });

    expect((await app.compare(stream)).status).toBe(200);
  });
});

describe("GET /v1/comparisons/{id}", () => {
  test.each(["application/json", "text/plain"])("%s comes back byte for byte", async (accept) => {
    const made = await app.compare(comparisonExample, { Accept: accept });
    const reopened = await app.ask(made.headers.get("Location") ?? "", { headers: { Accept: accept } });

    expect(reopened.status).toBe(200);
    expect(reopened.headers.get("Content-Type")).toBe(made.headers.get("Content-Type"));
    expect(await reopened.text()).toBe(await made.text());
  });

  test("it is cached privately for good, under a strong ETag of its own for each presentation", async () => {
    const path = await pathOf(comparisonExample);
    const json = await app.ask(path);
    const text = await app.ask(path, { headers: { Accept: "text/plain" } });

    expect(json.headers.get("Cache-Control")).toBe("private, max-age=31536000, immutable");
    expect(json.headers.get("ETag")).toMatch(/^"[0-9a-f]{40}"$/);
    expect(text.headers.get("ETag")).toMatch(/^"[0-9a-f]{40}"$/);
    expect(text.headers.get("ETag")).not.toBe(json.headers.get("ETag"));
    expect(text.headers.get("Cache-Control")).toBe("private, no-cache");
  });

  test("who has it already gets 304 and no bytes", async () => {
    const path = await pathOf(comparisonExample);
    const etag = (await app.ask(path)).headers.get("ETag") ?? "";
    const again = await app.ask(path, { headers: { "If-None-Match": etag } });

    expect(again.status).toBe(304);
    expect(again.headers.get("ETag")).toBe(etag);
    expect(await again.text()).toBe("");
  });

  test("HEAD answers the same headers without the body", async () => {
    const path = await pathOf(comparisonExample);
    const head = await app.ask(path, { method: "HEAD" });

    expect(head.status).toBe(200);
    expect(head.headers.get("ETag")).toBe((await app.ask(path)).headers.get("ETag"));
    expect(await head.text()).toBe("");
  });

  test.each([
    ["an unknown id", "0".repeat(32)],
    ["a name that is no id", "web"],
    ["an id in capitals", "A".repeat(32)],
    ["a very long one", "a".repeat(10_000)],
    ["an escape that is none", "%zz"],
    ["SQL", encodeURIComponent("' or 1=1 --")],
    ["a prototype's key", "__proto__"],
  ])("%s is not found", async (_, id) => {
    const response = await app.ask(`/v1/comparisons/${id}`);

    expect(response.status).toBe(404);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await problemsIn(response)).toMatchObject([{ code: "not_found" }]);
  });
});

describe("Accept", () => {
  test.each([
    ["application/json", "application/json"],
    ["*/*", "application/json"],
    ["", "application/json"],
    ["text/*", "text/plain; charset=utf-8"],
    ["TEXT/PLAIN", "text/plain; charset=utf-8"],
    ["text/html, text/plain;q=0.1", "text/plain; charset=utf-8"],
    ["application/json;q=0.5, text/plain;q=0.8", "text/plain; charset=utf-8"],
    ["application/json;q=0, */*", "text/plain; charset=utf-8"],
    ["text/html, application/xhtml+xml, */*;q=0.8", "application/json"],
  ])("%s gets %s", async (accept, contentType) => {
    const response = await app.compare(comparisonExample, { Accept: accept });

    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe(contentType);
  });

  test.each(["text/html", "image/*", "application/json;q=0", "nonsense", "*/*;q=0"])("%s gets 406", async (accept) => {
    const made = await app.compare(comparisonExample, { Accept: accept });
    const reopened = await app.ask(await pathOf(comparisonExample), { headers: { Accept: accept } });

    for (const response of [made, reopened]) {
      expect(response.status).toBe(406);
      const [problem] = await problemsIn(response);
      expect(problem?.message).toContain("application/json, text/plain");
    }
  });
});

async function pathOf(request: unknown): Promise<string> {
  return (await app.compare(request)).headers.get("Location") ?? "";
}
