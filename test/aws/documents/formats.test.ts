import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { documentFormats } from "../../../api/aws/documents/catalogue.ts";
import { manifestFormat } from "../../../api/aws/documents/manifest.ts";
import { web, workloadOf } from "./parsed.ts";

const folder = new URL("../../../api/aws/documents/", import.meta.url);

test("every file that declares a document format has its line in the catalogue", () => {
  const declared = readdirSync(folder)
    .filter((name) => /^export const \w+: DocumentFormat = /m.test(readFileSync(new URL(name, folder), "utf8")))
    .map((name) => name.replace(".ts", ""));
  expect(declared.sort()).toEqual(documentFormats.map((format) => format.id).sort());
});

describe.each(documentFormats.map((format) => [format.id, format] as const))("%s", (_, format) => {
  test("its example is read without a problem", () => {
    expect(format.read(format.example, "here")).toMatchObject({
      problems: [],
      documents: expect.arrayContaining([expect.anything()]),
    });
  });

  test("its example is recognised by no other format", () => {
    const others = documentFormats.filter((other) => other !== format && other.recognises(format.example));
    expect(others).toEqual([]);
    expect(format.recognises(format.example)).toBe(format.list);
  });

  test("its example is a part of a request that gives an answer", () => {
    const definitions = [web, { ...web, family: "web", revision: 41 }, { ...web, family: "batch" }];
    const examples = { [format.field]: format.list ? [format.example] : format.example };
    // What it is about.
    const besides = format.id === "loads" ? { manifests: [manifestFormat.example] } : {};
    expect(workloadOf({ taskDefinitions: definitions, ...besides, ...examples }).services.length).toBeGreaterThan(0);
  });

  test("it has an address, and its own fields if other ones are a mistake", () => {
    expect(format.reference).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|kubernetes\.io)\//);
    const fields =
      format.fields === null
        ? []
        : Object.keys(format.example as object).filter((name) => !(name in (format.fields ?? {})));
    expect(fields).toEqual([]);
  });

  test.each([null, [], {}, 5, "text", true, [[]], { taskDefinition: null }])(
    "%j gives documents or problems, and throws nothing",
    (value) => {
      const { documents, problems } = format.read(value, "here");
      expect(documents.length + problems.length).toBeGreaterThan(0);
      expect(problems.every((problem) => problem.path.startsWith("here"))).toBe(true);
    },
  );
});
