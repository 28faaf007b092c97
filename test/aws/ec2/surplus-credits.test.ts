import { describe, expect, test } from "vitest";
import { baselinePercent, isStandardByDefault } from "../../../api/aws/ec2/burstable.ts";
import { unsetUsage } from "../../../api/core/model/add-on.ts";
import type { PriceBook } from "../../../api/core/model/price-book.ts";
import { unsetSettings } from "../../../api/core/model/settings.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";

const [virginia, frankfurt] = await bundledBooks("us-east-1", "eu-central-1");

describe("surplus credits of one instance for 100 hours", () => {
  // (average − baseline) × vCPUs × 100 hours × the rate, by hand.
  test.each([
    ["t3.micro", 11, "0.1"], // 1 % of 2 vCPUs: 2 vCPU-hours at $0.05
    ["t3.medium", 50, "3"], // 30 % of 2: 60 at $0.05
    ["t3.xlarge", 100, "12"], // 60 % of 4: 240 at $0.05
    ["t3.2xlarge", 41, "0.4"], // 1 % of 8: 8 at $0.05
    ["t4g.large", 80, "4"], // 50 % of 2: 100 at $0.04
  ])("of %s at %i %% cost $%s", (type, averageCpuPercent, cost) => {
    expect(surplusOf({ instanceTypes: [type], averageCpuPercent })).toEqual([cost]);
  });

  test("of t3.large in Frankfurt at 40 % cost the $1 that they do in every region, and the rate's date is called vague", () => {
    const option = ec2With({ instanceTypes: ["t3.large"], averageCpuPercent: 40 }, frankfurt);

    expect(creditsIn(option)).toEqual(["1"]);
    expect(option.assumptions.map(({ code }) => code)).toContain("price_date_vague");
  });

  test.each([
    ["t3.micro", 10],
    ["t3.large", 30],
    ["t3.large", 0],
    ["t3a.large", 30],
    ["m5.large", 100],
  ])("of %s at %i %% are none", (type, averageCpuPercent) => {
    expect(surplusOf({ instanceTypes: [type], averageCpuPercent })).toEqual([]);
  });

  test("of t2.large at 100 % are none: in standard mode it is held to its baseline, which is said", () => {
    const option = ec2With({ instanceTypes: ["t2.large"], averageCpuPercent: 100 });

    expect(creditsIn(option)).toEqual([]);
    expect(option.problems).toEqual([]);
    expect(textOf(option, "ec2_burstable_standard")).toContain("t2.large run in standard mode");
    expect(textOf(ec2With({ instanceTypes: ["t2.large"], averageCpuPercent: 30 }), "ec2_burstable_standard")).toBe(
      undefined,
    );
  });

  test("of t3a.large at 31 % have no price: it is refused by name, not priced as t3", () => {
    const { total, problems } = ec2With({ instanceTypes: ["t3a.large"], averageCpuPercent: 31 });

    expect(total).toBeNull();
    expect(problems.map(({ code, message }) => [code, message.split(" in us-east-1")[0]])).toEqual([
      ["price_missing", "No price for ec2/cpu-credit/linux/t3a"],
    ]);
  });

  test("make a burstable type dearer than m5.large: t3.large is chosen at 42 %, m5.large at 44 %", () => {
    // The user guide's breakeven is 42.5 %, at $0.0835 an hour; at $0.0832 it is 42.8 %.
    const typesAt = (averageCpuPercent: number) =>
      ec2With({ instanceTypes: ["t3.large", "m5.large"], averageCpuPercent }).fleet?.map((row) => row.instanceType);

    expect(typesAt(42)).toEqual(["t3.large"]);
    expect(typesAt(44)).toEqual(["m5.large"]);
  });
});

describe("ec2_burstable_use", () => {
  test("is what a t3.large at 100 % adds in 100 hours: 70 % of 2 vCPUs at $0.05, $7 more", () => {
    const found = ec2With({ instanceTypes: ["t3.large"] }).assumptions.find(({ code }) => code === "ec2_burstable_use");

    expect(found?.effect?.toFixed()).toBe("-7");
    expect(found?.text).toContain("average CPU use of t3.large");
    expect(found?.text).toContain("cluster.averageCpuPercent");
  });

  test("cannot be told in money for t3a.large alone, whose credits have no price", () => {
    const found = ec2With({ instanceTypes: ["t3a.large"] }).assumptions.find(
      ({ code }) => code === "ec2_burstable_use",
    );

    expect(found?.effect).toBeNull();
  });

  test.each([
    ["the use is said", { instanceTypes: ["t3.large"], averageCpuPercent: 5 }],
    ["no burstable type is in the fleet", { instanceTypes: ["m5.large"] }],
    ["only T2 is, which is not charged", { instanceTypes: ["t2.large"] }],
  ])("is not made where %s", (_, cluster) => {
    expect(textOf(ec2With(cluster), "ec2_burstable_use")).toBeUndefined();
  });
});

test("every burstable type that the bundled prices know has a baseline from 5 to 40 %", () => {
  const context = { book: virginia, settings: unsetSettings, usage: unsetUsage };
  const burstable = virginia.instanceTypes.filter((type) => type.burstable);
  const baselines = burstable.map((type) => baselinePercent(type, context));

  expect(burstable).toHaveLength(28);
  expect([Math.min(...baselines), Math.max(...baselines)]).toEqual([5, 40]);
  expect(burstable.filter(({ name }) => isStandardByDefault(name))).toHaveLength(7);
});

/** One task of 0.25 vCPU and 256 MiB for 100 hours. */
function ec2With(cluster: object, book: PriceBook = virginia) {
  const request = {
    ...{ region: book.region, hours: 100, options: ["ec2"] },
    taskDefinitions: [
      {
        ...{ family: "one", cpu: "256", memory: "256", networkMode: "bridge" },
        containerDefinitions: [{ name: "one" }],
      },
    ],
    cluster: { zones: 1, deploymentRoom: "none", ...cluster },
  };
  // A task for either architecture, so that T4g can hold it too.
  const services = [{ serviceName: "one", taskDefinition: "one", desiredCount: 1, architectures: ["X86_64", "ARM64"] }];
  return optionOf(comparisonOf({ ...request, services }, book), "ec2");
}

function creditsIn(option: ReturnType<typeof ec2With>): string[] {
  return option.charges.filter(({ sku }) => sku.startsWith("ec2/cpu-credit/")).map(({ cost }) => cost.toFixed());
}

function surplusOf(cluster: object): string[] {
  const option = ec2With(cluster);
  expect(option.problems).toEqual([]);
  return creditsIn(option);
}

function textOf(option: ReturnType<typeof ec2With>, code: string): string | undefined {
  return option.assumptions.find((assumption) => assumption.code === code)?.text;
}
