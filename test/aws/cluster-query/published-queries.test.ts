import { describe, expect, test } from "vitest";
import { evaluateQuery, type QueriedInstance } from "../../../api/aws/cluster-query/evaluate-query.ts";
import { parseQuery } from "../../../api/aws/cluster-query/parse-query.ts";
import { printQuery } from "../../../api/aws/cluster-query/print-query.ts";
import published from "../../cases/cluster-queries.json" with { type: "json" };
import { queryOf } from "./query-of.ts";

const instances = Object.entries(published.instances).map(([name, fields]): [string, QueriedInstance] => [
  name,
  {
    ...fields,
    attributes: new Map<string, string | null>(Object.entries(fields.attributes)),
    taskGroups: new Set(fields.taskGroups),
  },
]);

describe.each(published.cases)("$id: $expression", ({ expression, selects }) => {
  test(`selects ${selects.join(", ") || "nothing"}`, () => {
    const query = queryOf(expression);

    expect(instances.filter(([, instance]) => evaluateQuery(query, instance)).map(([name]) => name)).toEqual(selects);
  });

  test("is printed and read back the same", () => {
    const query = queryOf(expression);

    expect(parseQuery(printQuery(query))).toEqual({ ok: true, value: query });
  });
});

test("there are at least 50 cases, each with an id of its own and a source", () => {
  const { cases } = published;

  expect(cases.length).toBeGreaterThanOrEqual(50);
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  expect(cases.filter(({ source }) => source.length < 10)).toEqual([]);
});
