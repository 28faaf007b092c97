import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { comparisonDocument } from "../../api/present/json.ts";
import { scalingChart } from "../../api/present/scaling-chart.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf } from "../core/comparison-of.ts";

const [virginia] = await bundledBooks("us-east-1");
const request = JSON.parse(readFileSync(new URL("../golden/scaled-web/input.json", import.meta.url), "utf8"));

function documentOf(fields: object) {
  return comparisonDocument(comparisonOf({ ...request, ...fields }, virginia), { id: "0", engine: "1" });
}

test.each([
  [1, "minute", 60, 60],
  [24, "30 minutes", 1800, 48],
  [168, "3 hours", 10_800, 56],
  [730, "day", 86_400, 31],
  [8760, "week", 604_800, 53],
])("%i hours are drawn by the %s, in at most 80 columns and 24 lines", (hours, named, stepSeconds, stretches) => {
  const document = documentOf({ hours, options: ["fargate"] });

  const lines = scalingChart(document).split("\n");

  const profile = document.options.find(({ id }) => id === "fargate")?.scaling?.services[0]?.profile;
  expect([profile?.stepSeconds, profile?.max.length, profile?.mean.length]).toEqual([
    stepSeconds,
    stretches,
    stretches,
  ]);
  expect(lines[0]).toBe(`fargate: tasks of web; above the most, below the mean of each ${named}`);
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
  expect(lines.length).toBeLessThanOrEqual(24);
});

test("the profile's means weigh up to the task-hours billed", () => {
  const scaling = documentOf({ hours: 730, options: ["fargate"] }).options.find(({ id }) => id === "fargate")?.scaling;
  const service = scaling?.services[0];
  const { mean = [], stepSeconds = 0 } = service?.profile ?? {};
  const seconds = mean.reduce(
    (sum, value, at) => sum + Number(value) * Math.min(stepSeconds, 730 * 3600 - at * stepSeconds),
    0,
  );

  expect(seconds / 3600).toBeCloseTo(Number(service?.taskHours), 0);
});

test("what is fixed at its maximum of 40 tasks costs as much as 40 tasks that do not scale", () => {
  const { services } = request;
  const still = services.map(({ load: _, scaling: __, ...service }: Record<string, unknown>) => service);
  const scaled = documentOf({ options: ["fargate"] }).options.find(({ id }) => id === "fargate");
  const at = (desiredCount: number) =>
    documentOf({ options: ["fargate"], services: still.map((one: object) => ({ ...one, desiredCount })) }).options.find(
      ({ id }) => id === "fargate",
    )?.total;

  expect(scaled?.scaling?.fixedAtMaximum).toBe(at(40));
  expect(scaled?.scaling?.fixedAtPeak).toBe(at(scaled?.scaling?.services[0]?.tasks.peak ?? 0));
  expect(scaled?.scaling?.fixedAtMaximum).toBe("1441.60");
});

test("with 5 simulations the range is of the totals of 5 seeds: the third and the fifth of them", () => {
  const [service] = request.services;
  const load = {
    generate: { base: 2, peak: 9, noise: 0.4, bursts: { perWeek: 5, factor: 3, minutes: 45 } },
    unit: "vCPU",
  };
  const generated = { hours: 24, options: ["fargate"], services: [{ ...service, load }] };
  const optionWith = (fields: object) =>
    documentOf({ ...generated, ...fields }).options.find(({ id }) => id === "fargate");
  const totals = [7, 8, 9, 10, 11].map((seed) => Number(optionWith({ seed })?.total)).sort((a, b) => a - b);

  const range = optionWith({ seed: 7, simulations: 5 })?.scaling?.range;

  expect([range?.simulations, Number(range?.p50), Number(range?.p90)]).toEqual([5, totals[2], totals[4]]);
  expect(new Set(totals).size).toBeGreaterThan(1);
  expect(optionWith({ seed: 7 })?.scaling?.range).toBeNull();
});

test("without services that scale there is nothing to draw", () => {
  const { services } = request;
  const still = services.map(({ load: _, scaling: __, ...service }: Record<string, unknown>) => service);

  expect(scalingChart(documentOf({ options: ["fargate"], services: still }))).toMatch(/^No service scales/);
});
