import { expect, test } from "vitest";
import { bundledBooks } from "./bundled-books.ts";
import { comparisonOf } from "./comparison-of.ts";

const [book] = await bundledBooks("us-east-1");

/** On Fargate each of so many runs pulls its image, on EC2 the one instance once. */
const pulling = {
  region: "us-east-1",
  taskDefinitions: [
    {
      ...{ family: "job", cpu: "1024", memory: "2048", networkMode: "awsvpc" },
      runtimePlatform: { cpuArchitecture: "X86_64" },
      containerDefinitions: [{ name: "job" }],
    },
  ],
  runs: [{ taskDefinition: "job", tasks: 1, seconds: 60, times: 40_000 }],
  cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["c6a.large"] },
  options: ["fargate", "ec2"],
};

test("from 1 NAT gateway on EC2 is cheaper: what is counted in whole numbers flips at one of them", () => {
  const { options, flips } = comparisonOf(pulling, book);

  expect(options[0]?.id).toBe("fargate");
  expect(flips.map(({ input, amount, direction }) => [input, amount, direction])).toContainEqual([
    ...["natGateways", 1, "above"],
  ]);
});

test("what costs the same on every launch type flips nothing", () => {
  const inputs = comparisonOf(pulling, book).flips.map(({ input }) => input);

  expect(inputs).not.toContain("internetGB");
});
