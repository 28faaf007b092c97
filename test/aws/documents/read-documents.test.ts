import { describe, expect, test } from "vitest";
import { documentFormats } from "../../../api/aws/documents/catalogue.ts";
import { relocate } from "../../../api/aws/documents/origins.ts";
import { readDocuments, type SourceFile } from "../../../api/aws/documents/read-documents.ts";
import { parse } from "../../../api/core/parsing/parse.ts";
import { web } from "./parsed.ts";

const file = (name: string, ...values: unknown[]): SourceFile => ({
  name,
  text: values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join("\n"),
});

function gathered(...files: SourceFile[]) {
  const read = readDocuments(files);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

/** What the user of the files is told, as "path: message" or the workload's services. */
function told(...files: SourceFile[]): readonly string[] {
  const read = readDocuments(files);
  if (!read.ok) return read.problems.map(({ code, path }) => `${code} at ${path}`);
  const parsed = parse({ region: "us-east-1", ...read.value.request }, documentFormats);
  if (parsed.ok) return parsed.value.services.map(({ name, tasks }) => `${name} × ${tasks}`);
  return parsed.problems
    .map((problem) => relocate(problem, read.value.origins))
    .map(({ code, path }) => `${code} at ${path}`);
}

const service = { serviceName: "shop", taskDefinition: "web", desiredCount: 3 };
const run = { taskDefinition: "web", seconds: 60, tasks: 2 };

describe("what one file may hold", () => {
  test.each<[string, unknown[], string[]]>([
    ["a task definition", [web], ["web × 1"]],
    ["describe output of a task definition", [{ taskDefinition: { ...web, revision: 4 }, tags: [] }], ["web × 1"]],
    ["a list of task definitions", [[web, null, { ...web, family: "api" }]], ["web × 1", "api × 1"]],
    ["a bare list of container definitions", [[{ name: "app", image: "app" }]], ["app × 1"]],
    ["JSON Lines", [web, service, run], ["shop × 3", "web × 2"]],
    [
      "values one after another, over several lines each",
      [JSON.stringify(web, null, 2), JSON.stringify(service, null, 2)],
      ["shop × 3"],
    ],
    ["a list of everything", [[web, service, run]], ["shop × 3", "web × 2"]],
    ["output of describe-services", [web, { services: [service], failures: [] }], ["shop × 3"]],
    ["a list of wrapped task definitions", [{ taskDefinitions: [{ taskDefinition: web }] }], ["web × 1"]],
    [
      "a whole request",
      [{ region: "eu-west-1", hours: 1, taskDefinitions: [web], services: [service], cluster: { zones: 1 } }],
      ["shop × 3"],
    ],
    ["CRLF and a byte order mark", [`\uFEFF${JSON.stringify(web, null, 2).replaceAll("\n", "\r\n")}\r\n`], ["web × 1"]],
  ])("%s", (_, values, services) => {
    expect(told(file("web.json", ...values))).toEqual(services);
  });

  test("several files are one request", () => {
    const read = gathered(
      file("web.json", web),
      file("services.json", { services: [service] }),
      file("rest.json", { services: [], runs: [run], hours: 5 }),
    );
    expect(read.request).toEqual({ taskDefinitions: [web], services: [service], runs: [run], hours: 5 });
  });
});

describe("where problems are", () => {
  const bad = { ...web, cpu: "<CPU>" };

  test.each<[string, SourceFile[], string[]]>([
    ["in a file of its own", [file("web.json", bad)], ["placeholder at web.json: cpu"]],
    [
      "in describe output",
      [file("web.json", { taskDefinition: bad })],
      ["placeholder at web.json: taskDefinition.cpu"],
    ],
    ["in a list", [file("all.json", [web, bad])], ["placeholder at all.json: [1].cpu"]],
    ["on a line", [file("all.jsonl", { ...web, family: "a" }, bad)], ["placeholder at all.jsonl:2: cpu"]],
    [
      "in a request",
      [file("request.json", { taskDefinitions: [bad] })],
      ["placeholder at request.json: taskDefinitions[0].cpu"],
    ],
    [
      "in a bare list of containers",
      [file("a.json", web), file("b.json", [{ name: "x", image: "x", cpu: -1 }])],
      ["out_of_range at b.json: [0].cpu"],
    ],
    [
      "in a container",
      [file("a.json", { family: "a", containerDefinitions: [{ cpu: "x" }] })],
      ["not_a_number at a.json: containerDefinitions[0].cpu"],
    ],
    [
      "in the whole of a document",
      [file("a.json", { ...web, family: "", containerDefinitions: [] })],
      ["cli_skeleton at a.json"],
    ],
    [
      "in what is around the documents",
      [file("a.json", { taskDefinitions: [web], hours: "x", regoin: 5 })],
      ["unknown_field at a.json: regoin", "not_a_number at a.json: hours"],
    ],
    [
      "in settings",
      [file("a.json", web), file("b.json", { cluster: { zones: 9 } })],
      ["out_of_range at b.json: cluster.zones"],
    ],
  ])("%s", (_, files, problems) => {
    expect(told(...files)).toEqual(problems);
  });

  test("in two files, both named", () => {
    const read = gathered(file("a.json", web), file("b.json", { ...web, cpu: 512 }));
    const parsed = parse({ region: "us-east-1", ...read.request }, documentFormats);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => relocate(problem, read.origins))).toEqual([
      {
        code: "conflicting_task_definitions",
        path: "b.json",
        message:
          "web is there twice with different content, here and at a.json. Give them different families or revisions.",
      },
    ]);
  });

  test("nowhere in a file: the path stays the request's", () => {
    const problem = { code: "region_required", path: "region", message: "region is missing." };
    expect(relocate(problem, gathered(file("a.json", web)).origins)).toEqual(problem);
  });
});

describe("what is refused", () => {
  test("text that is no JSON, at its line and column, in every file", () => {
    const read = readDocuments([file("a.json", '{ "cpu": <CPU> }'), file("b.jsonl", web, '{ "cpu": ')]);
    expect(read).toEqual({
      ok: false,
      problems: [
        {
          code: "not_json",
          path: "a.json",
          message: "Line 1, column 10: this is not a JSON value; text must be in double quotes.",
        },
        { code: "not_json", path: "b.jsonl", message: "Line 2, column 10: a value is expected." },
      ],
    });
  });

  test("a field twice, with its path in the file", () => {
    expect(told(file("a.jsonl", web, '{ "family": "x", "containerDefinitions": [{ "cpu": 1, "cpu": 2 }] }'))).toEqual([
      "duplicate_field at a.jsonl:2: containerDefinitions[0].cpu",
    ]);
  });

  test("a value that is no document, each with its place", () => {
    expect(told(file("a.json", [web, { Resources: {} }, 5]), file("b.json", '"web"'))).toEqual([
      "unrecognised_document at a.json: [1]",
      "unrecognised_document at a.json: [2]",
      "unrecognised_document at b.json",
    ]);
    const read = readDocuments([file("b.json", {})]);
    expect(read.ok ? "" : read.problems[0]?.message).toBe(
      "This is neither a task definition nor a service nor a run nor a Kubernetes manifest nor a request that holds some: nothing here says what to price.",
    );
  });

  test("settings that two files say differently, but not ones that they say alike", () => {
    const part = (hours: number) => ({ services: [], hours, taskDefinitions: [] });
    expect(told(file("a.json", web), file("b.json", part(1)), file("c.json", part(2)))).toEqual([
      "conflicting_values at c.json: hours",
    ]);
    expect(told(file("a.json", web), file("b.json", part(1)), file("c.json", part(1)))).toEqual(["web × 1"]);
  });

  test("nothing at all", () => {
    expect(told()).toEqual(["no_documents at "]);
    expect(told(file("a.json", ""), file("b.json", "[]"))).toEqual(["no_documents at a.json"]);
  });
});
