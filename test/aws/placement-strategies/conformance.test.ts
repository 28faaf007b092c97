import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  readRankings,
  runDefault,
  serviceDefault,
  strategyKinds,
} from "../../../api/aws/placement-strategies/catalogue.ts";

const folder = new URL("../../../api/aws/placement-strategies/", import.meta.url);
const files = readdirSync(folder).filter((name) => name !== "catalogue.ts");

test.each(files)("api/aws/placement-strategies/%s is in the catalogue, once", async (file) => {
  const exported: unknown[] = Object.values(await import(new URL(file, folder).href));

  expect(strategyKinds.filter((kind) => exported.includes(kind))).toHaveLength(1);
});

test("the catalogue has as many strategies as files: 3", () => {
  expect(strategyKinds).toHaveLength(files.length);
  expect(new Set(strategyKinds.map(({ id }) => id)).size).toBe(3);
});

describe.each(strategyKinds.map((kind) => [kind.id, kind] as const))("%s", (id, { example, reference, read }) => {
  test("its example is read as it says, and it cites a page", () => {
    expect(readRankings([{ type: id, field: example.field }], "placementStrategy")).toEqual({
      ok: true,
      value: [example.ranking],
    });
    expect(example.source).toMatch(/\S{10,}/);
    expect(reference).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });

  test("whatever the field holds, it gives a ranking or one problem at its path", () => {
    for (const field of [
      null,
      "",
      "cpu",
      "disk",
      "instanceId",
      "attribute:",
      "attribute:a b",
      "ecs.availability-zone",
    ]) {
      const result = read(field, "here");
      const paths = result.ok ? [result.value.kind] : result.problems.map(({ path }) => path);

      expect(paths).toEqual([result.ok ? id : "here"]);
    }
  });
});

test.each([
  ["binpack", "Cpu", { kind: "binpack", resource: "cpu" }],
  ["spread", "instanceId", { kind: "spread", attribute: null }],
  ["spread", "host", { kind: "spread", attribute: null }],
  ["spread", "attribute:stack", { kind: "spread", attribute: "stack" }],
  ["random", "memory", { kind: "random" }],
])("%s by %s is %j", (type, field, ranking) => {
  expect(readRankings([{ type, field }], "")).toEqual({ ok: true, value: [ranking] });
});

test("a service that says nothing is placed as by the console's AZ balanced spread, a run as by random", () => {
  const balanced = [
    { type: "spread", field: "attribute:ecs.availability-zone" },
    { type: "spread", field: "instanceId" },
  ];

  expect(readRankings(balanced, "")).toEqual({ ok: true, value: serviceDefault });
  expect(readRankings([{ type: "random", field: null }], "")).toEqual({ ok: true, value: runDefault });
});

test("fields that no strategy has are problems, each at its own path and with a way out", () => {
  const strategies = [
    { type: "spread", field: "ecs.availability-zone" },
    { type: "random", field: null },
    { type: "binpack", field: "gpu" },
    { type: "binpack", field: null },
  ];

  expect(readRankings(strategies, "services[0].placementStrategy")).toMatchObject({
    ok: false,
    problems: [
      { path: "services[0].placementStrategy[0].field", message: expect.stringContaining("attribute:NAME") },
      { path: "services[0].placementStrategy[2].field", message: expect.stringContaining("cpu or memory") },
      { path: "services[0].placementStrategy[3].field", message: expect.stringContaining("cpu or memory") },
    ],
  });
});
