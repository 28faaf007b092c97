import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { documentIn, exampleWith, type MemoryApp, openMemoryApp, problemsIn } from "./memory-app.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
}, 60_000);
afterAll(async () => {
  await app.close();
});

/** What is sent, the status, and every problem's path and code, in any order. */
type Row = readonly [
  what: string,
  body: unknown,
  status: number,
  ...problems: (readonly [path: string, code: string])[],
];

const [definition] = comparisonExample.taskDefinitions;
const container = definition?.containerDefinitions[0];
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const inDefinition = (fields: object) => exampleWith({ definition: fields });
const inService = (fields: object) => exampleWith({ service: fields });
const inContainer = (fields: object) => inDefinition({ containerDefinitions: [{ ...container, ...fields }] });
/** JSON.stringify knows no 1e308 tasks: it writes numbers as Node does, which other languages' clients do not. */
const literally = (request: object, number: string) => JSON.stringify(request).replace('"LITERALLY"', number);

const rows: readonly Row[] = [
  ["nothing", "", 400, ["", "empty_text"]],
  ["blanks", " \r\n\t", 400, ["", "empty_text"]],
  ["JSON that is cut off", '{"region":"us-east-1",', 400, ["", "not_json"]],
  ["JavaScript", "{region:'us-east-1'}", 400, ["", "not_json"]],
  ["two values", "{} {}", 400, ["", "not_json"]],
  ["an unquoted placeholder", '{"region":"us-east-1","taskDefinitions":[{"cpu":<CPU>}]}', 400, ["", "not_json"]],
  ["bytes that are not UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), 400, ["", "not_utf8"]],
  ["UTF-16", new Uint8Array(Buffer.from("\uFEFF{}", "utf16le")), 400, ["", "not_utf8"]],
  ["100,000 lists in each other", nested(100_000), 400, ["", "too_deep"]],
  ["100,000 lists where documents belong", `{"taskDefinitions":${nested(100_000)}}`, 400, ["", "too_deep"]],
  ["100,000 objects in each other", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, 400, ["", "too_deep"]],
  ["100,000 lists never closed", "[".repeat(100_000), 400, ["", "too_deep"]],
  ["a field twice", '{"region":"us-east-1","region":"us-east-2"}', 400, ["region", "duplicate_field"]],

  ["a number", 3, 422, ["", "wrong_type"]],
  ["null", "null", 422, ["", "wrong_type"]],
  ["text", '"web"', 422, ["", "wrong_type"]],
  ["a list", [], 422, ["", "wrong_type"]],
  ["an empty object", {}, 422, ["region", "region_required"], ["taskDefinitions", "no_task_definitions"]],
  [
    "documents that are text",
    inRequest({ taskDefinitions: "web" }),
    422,
    ["taskDefinitions", "wrong_type"],
    ["taskDefinitions", "no_task_definitions"],
    ["services[0].taskDefinition", "unknown_task_definition"],
  ],
  ["a region that is a number", inRequest({ region: 1 }), 422, ["region", "wrong_type"]],
  ["a region on Mars", inRequest({ region: "mars-north-1" }), 422, ["region", "region_unknown"]],
  ["a region that is no name", inRequest({ region: "../../etc" }), 422, ["region", "not_a_region"]],
  ["an option that is not there", inRequest({ options: ["lambda"] }), 422, ["options[0]", "option_unknown"]],
  ["a typing mistake", inRequest({ regoin: "us-east-1" }), 422, ["regoin", "unknown_field"]],

  [
    "1e308 tasks",
    literally(inService({ desiredCount: "LITERALLY" }), "1e308"),
    422,
    ["services[0].desiredCount", "out_of_range"],
  ],
  [
    "1e999 tasks",
    literally(inService({ desiredCount: "LITERALLY" }), "1e999"),
    422,
    ["services[0].desiredCount", "out_of_range"],
  ],
  ["-1 tasks", inService({ desiredCount: -1 }), 422, ["services[0].desiredCount", "out_of_range"]],
  ["one and a half tasks", inService({ desiredCount: 1.5 }), 422, ["services[0].desiredCount", "not_whole"]],
  ["NaN tasks", inService({ desiredCount: "NaN" }), 422, ["services[0].desiredCount", "not_a_number"]],
  ["1e308 CPU units", inDefinition({ cpu: 1e308 }), 422, ["taskDefinitions[0].cpu", "out_of_range"]],
  ["Infinity vCPU", inDefinition({ cpu: "Infinity vCPU" }), 422, ["taskDefinitions[0].cpu", "not_a_size"]],
  [
    "memory below zero",
    inContainer({ memory: -512 }),
    422,
    ["taskDefinitions[0].containerDefinitions[0].memory", "out_of_range"],
  ],
  ["NaN MiB", inDefinition({ memory: "NaN" }), 422, ["taskDefinitions[0].memory", "not_a_size"]],
  ["1e308 hours", inRequest({ hours: 1e308 }), 422, ["hours", "out_of_range"]],
  ["no hours at all", inRequest({ hours: 0 }), 422, ["hours", "out_of_range"]],
  ["hours in words", inRequest({ hours: "a month" }), 422, ["hours", "not_a_number"]],
  [
    "5,001 task definitions",
    inRequest({ taskDefinitions: Array.from({ length: 5001 }, () => ({})), services: [] }),
    422,
    ["taskDefinitions", "too_many"],
    ["taskDefinitions", "no_task_definitions"],
  ],

  [
    "everything at once",
    {
      region: 1,
      hours: -1,
      taskDefinitions: [{ ...definition, cpu: "-1" }],
      services: [{ taskDefinition: "web", desiredCount: -1 }],
      color: "red",
    },
    422,
    ...([
      ["region", "wrong_type"],
      ["hours", "out_of_range"],
      ["taskDefinitions[0].cpu", "out_of_range"],
      ["services[0].desiredCount", "out_of_range"],
      ["color", "unknown_field"],
    ] as const),
  ],
  [
    "one revision twice with different content",
    inRequest({
      taskDefinitions: [
        { ...definition, revision: 7 },
        { ...definition, revision: 7, cpu: "1024", memory: "2048" },
      ],
    }),
    422,
    ["taskDefinitions[1]", "conflicting_task_definitions"],
  ],
  [
    "a prototype's key beside the fields",
    '{"__proto__":{"region":"us-east-1"},"region":"us-east-1","taskDefinitions":[]}',
    422,
    ["__proto__", "unknown_field"],
    ["taskDefinitions", "no_task_definitions"],
  ],
  [
    "a reference to a prototype's key",
    inService({ taskDefinition: "constructor" }),
    422,
    ["services[0].taskDefinition", "unknown_task_definition"],
  ],
];

describe("what cannot be answered is refused, with every problem and its path, and leaves nothing behind:", () => {
  test.each(rows)("%s", async (_, body, status, ...problems) => {
    const response = await app.compare(body);

    expect(response.status).toBe(status);
    const found = (await problemsIn(response)).map(({ path, code }) => [path, code]);
    expect(found.sort()).toEqual(problems.sort());
    expect(await app.storedBodies()).toEqual([]);
  });

  test("JSON with a mistake in it is told line and column", async () => {
    const response = await app.compare('{\n  "region": "us-east-1",\n  "taskDefinitions": [}\n');

    expect(await problemsIn(response)).toEqual([
      { code: "not_json", path: "", message: "Line 3, column 23: a value is expected." },
    ]);
  });

  test("10 MB with a length is too large", async () => {
    const response = await app.compare("x".repeat(10_000_000), { "Content-Length": "10000000" });

    expect(response.status).toBe(413);
    expect(await problemsIn(response)).toMatchObject([
      { code: "body_too_large", message: expect.stringContaining("5 MiB") },
    ]);
  });

  test("10 MB in chunks is too large, and is not read to its end", async () => {
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        sent += 100_000;
        controller.enqueue(new Uint8Array(100_000));
        if (sent === 10_000_000) controller.close();
      },
    });
    const response = await app.compare(stream);

    expect(response.status).toBe(413);
    expect(await problemsIn(response)).toMatchObject([{ code: "body_too_large" }]);
    expect(sent).toBeLessThan(6_000_000);
  });

  test("a body that breaks off is no mistake of ours", async () => {
    const stream = new ReadableStream({
      pull: (controller) => controller.error(new Error("the client hung up")),
    });
    const response = await app.compare(stream);

    expect(response.status).toBe(400);
    expect(await problemsIn(response)).toMatchObject([{ code: "body_incomplete" }]);
  });

  test.each([
    ["nothing", {}],
    ["text/plain, as a form of another site can send", { "Content-Type": "text/plain" }],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }],
    ["a form in parts", { "Content-Type": "multipart/form-data; boundary=x" }],
    ["something that starts alike", { "Content-Type": "application/jsonp" }],
    ["another kind of JSON", { "Content-Type": "application/problem+json" }],
    ["Latin-1", { "Content-Type": "application/json; charset=iso-8859-1" }],
    ["gzip", { "Content-Type": "application/json", "Content-Encoding": "gzip" }],
  ])("a body that says it is %s is refused unread", async (_, headers) => {
    const body = new TextEncoder().encode(JSON.stringify(comparisonExample));
    const response = await app.ask("/v1/comparisons", { method: "POST", headers, body });

    expect(response.status).toBe(415);
    await problemsIn(response);
    expect(await app.storedBodies()).toEqual([]);
  });
});

test("prototype keys inside AWS's documents are fields like any other", async () => {
  const request = JSON.stringify(inDefinition({ volumes: [] })).replace(
    '"volumes":[]',
    '"__proto__":{"cpu":"4096"},"constructor":1,"toString":2',
  );
  const response = await app.compare(request);

  const plain = await documentIn(await app.compare(comparisonExample));
  expect((await documentIn(response)).id).toBe(plain.id);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

function inRequest(fields: object) {
  return exampleWith({ request: fields });
}
