import { expect, test } from "vitest";
import { fleetChart } from "../../api/present/fleet-chart.ts";
import { comparisonDocument } from "../../api/present/json.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf } from "../core/comparison-of.ts";

const [virginia] = await bundledBooks("us-east-1");

function chartOf(options: readonly string[]): string {
  const comparison = comparisonOf(
    {
      region: "us-east-1",
      taskDefinitions: [{ family: "web", containerDefinitions: [{ name: "web", cpu: 1024, memory: 1024 }] }],
      services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 3 }],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] },
      options,
    },
    virginia,
  );
  return fleetChart(comparisonDocument(comparison, { id: "id", engine: "1.0.0" }));
}

test("three tasks of a vCPU on two m5.large: one full, one half stranded, $36.24 of $144.96", () => {
  const chart = chartOf(["ec2"]);

  expect(chart).toContain("ec2: $144.96, of it $36.24 stranded");
  expect(chart).toContain("1 × m5.large: $72.48, $36.24 stranded\n  each with 1 web\n");
  expect(chart).toMatch(/█{30} +100% {2}2 of 2 vCPU, binds/);
  expect(chart).toMatch(/█{15}░{15} +50% {2}1 of 2 vCPU, binds/);
});

test("a line is at most 80 columns wide", () => {
  expect(
    Math.max(
      ...chartOf(["ec2", "ec2-mixed"])
        .split("\n")
        .map((line) => [...line].length),
    ),
  ).toBeLessThanOrEqual(80);
});
