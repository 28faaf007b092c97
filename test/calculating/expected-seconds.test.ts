import { describe, expect, test } from "vitest";
import { catalogue } from "../../api/aws/catalogue.ts";
import { documentFormats } from "../../api/aws/documents/catalogue.ts";
import { expectedSeconds, tooLong } from "../../api/calculating/expected-seconds.ts";
import { optionsAsked } from "../../api/core/compare-options.ts";
import type { Workload } from "../../api/core/model/workload.ts";
import { parse } from "../../api/core/parsing/parse.ts";
import { comparisonExample } from "../../api/routes/comparison-example.ts";

const year = { hours: 8760 };
const generated = { unit: "vCPU", generate: { base: 1, peak: 8 } };

/** So many services of the example. */
function workloadOf(count: number, changes: object = {}, load: object | null = null): Workload {
  const [service] = comparisonExample.services;
  const services = Array.from({ length: count }, (_, at) => ({
    ...service,
    serviceName: `web-${at}`,
    ...(load === null ? {} : { load }),
  }));
  const parsed = parse({ ...comparisonExample, services, ...changes }, documentFormats);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

function expected(workload: Workload): number {
  const seconds = Object.values(expectedSeconds(workload, optionsAsked(workload, { catalogue }).length));
  return seconds.reduce((sum, one) => sum + one);
}

describe("a comparison on the seven options of default is expected to take", () => {
  test.each([
    ["one service", workloadOf(1), 0.01],
    ["20 services", workloadOf(20), 0.27],
    ["200 services", workloadOf(200), 8.54],
    ["200 services with a proof", workloadOf(200, { effort: "prove" }), 17.08],
    ["one service with a load for a month", workloadOf(1, {}, generated), 0.71],
    ["10 services with a load for a year", workloadOf(10, year, generated), 84.12],
    ["one for a year in 100 simulations", workloadOf(1, { ...year, simulations: 100 }, generated), 91.57],
  ])("%s: %3$s s", (_, workload, seconds) => {
    expect(expected(workload)).toBeCloseTo(seconds, 2);
  });
});

test("on one option it is two sevenths of that, since what is configured is always compared", () => {
  const one = workloadOf(200, { options: ["fargate"] });

  expect(optionsAsked(one, { catalogue })).toEqual(["as-configured", "fargate"]);
  expect(expected(one)).toBeCloseTo((8.54 * 2) / 7, 2);
});

test("simulations take no longer where no load is drawn anew", () => {
  const constant = { unit: "vCPU", constant: 3 };

  expect(expected(workloadOf(1, { simulations: 100 }, constant))).toBe(expected(workloadOf(1, {}, constant)));
});

test.each([
  ["services", workloadOf(700), "Ask for fewer services or options at a time."],
  ["hours", workloadOf(10, year, generated), "Ask for fewer hours, options or services with a load at a time."],
  [
    "simulations",
    workloadOf(5, { ...year, simulations: 100 }, generated),
    "Ask for fewer simulations, hours or options at a time.",
  ],
])("beyond a minute the way out is to ask for fewer %s", (what, workload, wayOut) => {
  const problem = tooLong(workload, { options: 7, secondsMax: 60 });

  expect(problem).toMatchObject({ code: "calculation_too_long", path: what === "services" ? "" : what });
  expect(problem?.message).toContain(wayOut);
  expect(tooLong(workload, { options: 7, secondsMax: 6000 })).toBeNull();
});
