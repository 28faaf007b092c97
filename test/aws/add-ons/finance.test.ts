import { expect, test } from "vitest";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";
import { assumptionsOf, costsOf, fargateTask } from "./request.ts";

const [book] = await bundledBooks("us-east-1");

const one = {
  region: "us-east-1",
  taskDefinitions: [fargateTask("web"), fargateTask("api")],
  cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] },
};

test("10 % of AWS Support is a tenth of what each service is charged", () => {
  const request = { ...one, usage: { cluster: { supportPercent: 10 } } };
  const support = (service: string | null, option: string) => costsOf(request, option, { service, sku: /^support/ });

  expect([support("web", "fargate"), support("api", "fargate")]).toEqual(
    new Array(2).fill({ "support/percentage": "0.90" }),
  );
  // Of an m5.large at $70.08 and its disk at $2.40.
  expect(support(null, "ec2")).toEqual({ "support/percentage": "7.25" });
});

test("AWS Support is no part of what others are paid: an agent of $7.30 and 10 hours of staff at $80 leave it as it is", () => {
  const request = {
    ...one,
    rateCard: { instanceCosts: [{ label: "agent", instanceTypes: "m5.*", perHour: "0.01" }] },
    usage: { cluster: { supportPercent: 10, staffHoursPerMonth: 10, staffCostPerHour: 80 } },
  };

  expect(costsOf(request, "ec2", { service: null, sku: /^own|^support/ })).toEqual({
    ...{ "own/instance/agent": "7.30", "own/staff/instances": "800.00", "support/percentage": "7.25" },
  });
});

test("staff for instances cost $400 for half a month of 10 hours at $80, and nothing where no instance is run", () => {
  const request = { ...one, hours: 365, usage: { cluster: { staffHoursPerMonth: 10, staffCostPerHour: 80 } } };

  expect(costsOf(request, "ec2", { service: null, sku: /^own/ })).toEqual({ "own/staff/instances": "400.00" });
  expect(costsOf(request, "fargate", { service: null, sku: /^own/ })).toEqual({});
});

test("that tax and AWS Support are left out is said of every option", () => {
  for (const option of ["fargate", "ec2"]) {
    expect(assumptionsOf(one, option)).toEqual(expect.arrayContaining(["tax_excluded", "usage_supportPercent"]));
  }
});

test("56 tasks are cheaper on a c6a.4xlarge than on Fargate until somebody at $100 an hour spends 0.554 hours a month on it", () => {
  const request = {
    ...{ region: "us-east-1", taskDefinitions: [fargateTask("web")], options: ["fargate", "ec2"] },
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 56 }],
    cluster: { zones: 1, deploymentRoom: "none", awsvpcTrunking: true, instanceTypes: ["c6a.4xlarge"] },
    usage: { cluster: { staffCostPerHour: 100 } },
  };

  const comparison = comparisonOf(request, book);

  const [fargate, ec2] = ["fargate", "ec2"].map((id) => optionOf(comparison, id).total?.toFixed(2));
  expect([fargate, ec2]).toEqual(["504.56", "449.16"]);
  // $55.40 at $100 an hour.
  const flips = comparison.flips.filter(({ input }) => input.startsWith("staff"));
  expect(flips).toMatchObject([{ input: "staffHoursPerMonth", cheapest: "fargate", amount: 0.554 }]);
});
