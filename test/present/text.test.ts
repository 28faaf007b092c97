import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparisonDocument } from "../../api/present/json.ts";
import { comparisonText } from "../../api/present/text.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf } from "../core/comparison-of.ts";
import { randomRequest } from "../core/random-request.ts";

const [book] = await bundledBooks("us-east-1");

describe("a line", () => {
  test("is no wider than 80 columns, whatever is asked", () => {
    fc.assert(
      fc.property(randomRequest, (request) => {
        const lines = textOf({ ...request, region: "us-east-1" }).split("\n");
        expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
        expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  test("of a million tasks of 16 vCPU has its description below it, since it does not fit beside the cost", () => {
    const lines = textOf(aRequest({ cpu: "16384", memory: "122880" }, 1_000_000)).split("\n");

    const at = lines.findIndex((line) => line.includes("× $0.01288561"));
    expect(lines.slice(at, at + 2)).toEqual([
      "    11,680,000,000 vCPU-Hour × $0.01288561  = $150,503,924.80",
      "      Fargate Spot vCPU, Linux/x86",
    ]);
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });
});

describe("the first screen", () => {
  const text = textOf(aRequest({ cpu: "512", memory: "512" }, 2));

  test("has one row per option with its total and the difference to the cheapest", () => {
    expect(text).toMatch(/^fargate-spot {3}Fargate Spot +\$11.47 +cheapest$/m);
    expect(text).toMatch(/^fargate +Fargate +\$36.04 +\+\$24.57 {2}recommended$/m);
  });

  test("has quantity × unit price = cost", () => {
    expect(text).toMatch(/^ {4}730 vCPU-Hour × \$0.04048 += \$29.55 {2}Fargate vCPU, Linux\/x86$/m);
  });

  test("has assumptions with their effect on each option", () => {
    expect(text.replaceAll(/\s+/g, " ")).toContain(
      "Fargate has no size just like the task's; priced at the cheapest accepted one that holds it: web (512 CPU units, 1024 MiB). fargate-spot +$1.03, fargate +$3.24",
    );
  });

  test("has each problem once, with its place, and who has it", () => {
    const said = text
      .replaceAll(/\s+/g, " ")
      .split("taskDefinitions[0].cpu: Fargate has no size of 512 CPU units with 512 MiB");

    expect(said).toHaveLength(2);
    expect(said[1]).toContain("(fargate $18.02 a task, fargate-spot $5.74 a task)");
  });
});

describe("an option that is not feasible", () => {
  test("says so in place of a total, and what it would cost once mended", () => {
    const text = textOf(aRequest({ cpu: "512", memory: "1024", networkMode: "host" }, 1));

    expect(text).toMatch(/^fargate +Fargate +not feasible {2}\$18.02 once mended$/m);
  });

  test("is all there is for a task that runs nowhere, and nothing is recommended", () => {
    const text = textOf(
      aRequest(
        { networkMode: "none", containerDefinitions: [{ name: "web", portMappings: [{ containerPort: 1 }] }] },
        1,
      ),
    );

    expect(text).toContain("Nothing is recommended");
    expect(text).not.toContain("cheapest\n");
  });
});

function aRequest(fields: object, desiredCount: number) {
  const plain = { cpu: "256", memory: "512", networkMode: "awsvpc", runtimePlatform: { cpuArchitecture: "X86_64" } };
  return {
    region: "us-east-1",
    taskDefinitions: [{ family: "web", ...plain, containerDefinitions: [{ name: "web" }], ...fields }],
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount }],
    cluster: { awsvpcTrunking: true },
  };
}

function textOf(request: object): string {
  const document = comparisonDocument(comparisonOf(request, book), { id: "0".repeat(32), engine: "1.0.0" });
  return comparisonText(document, null);
}
