import { describe, expect, test } from "vitest";
import type { PriceBook } from "../../../api/core/model/price-book.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";

const [virginia, paris] = await bundledBooks("us-east-1", "eu-west-3");

describe("the types to choose from", () => {
  const kinds = {
    burstable: /^t\d/,
    flex: /-flex\./,
    "previous-generation": /^(m[1-4]|c[1-4]|r[34]|t1|i2)\./,
    "bare-metal": /\.metal/,
  };

  test("leave out burstable, flex, previous-generation and bare-metal ones unless asked for", () => {
    const typical = [1, 3, 10, 40, 200].map((desiredCount) => typesOf({ desiredCount }));

    for (const pattern of Object.values(kinds))
      expect(typical.flat().filter((type) => pattern.test(type ?? ""))).toEqual([]);
  });

  test("have a burstable one once allowed: t3a.micro is the cheapest for one task of 512 MiB", () => {
    expect(typesOf({ cluster: { allow: ["burstable"], deploymentRoom: "none" } })).toEqual(["t3a.micro"]);
  });

  test.each([
    ["a previous generation", "m3.medium"],
    ["burstable", "t3.large"],
    ["flex", "m7i-flex.large"],
    ["bare metal", "m5.metal"],
  ])("have one of %s when it is named: %s", (_, type) => {
    expect(typesOf({ cluster: { instanceTypes: [type] } })).toEqual([type]);
  });

  test("leave out what is excluded, and the next cheapest follows", () => {
    const [first] = typesOf({});
    const [second] = typesOf({ cluster: { excludedInstanceTypes: [first] } });

    expect(second).not.toBe(first);
    expect(totalOf({ cluster: { excludedInstanceTypes: [first] } })).toBeGreaterThan(totalOf({}));
  });

  test("are of ARM for an ARM image, and of either for an image of both: the cheaper", () => {
    const [arm] = typesOf({ definition: { runtimePlatform: { cpuArchitecture: "ARM64" } } });
    const both = { architectures: ["X86_64", "ARM64"] };

    expect(virginia.instanceTypes.find(({ name }) => name === arm)?.architecture).toBe("arm64");
    expect(typesOf({ service: both })).toEqual([arm]);
    expect(totalOf({ service: both })).toBeLessThan(totalOf({}));
  });

  test("have a GPU for a task that wants one, and as many as it wants", () => {
    const gpus = (value: string) => ({
      definition: {
        networkMode: "bridge",
        containerDefinitions: [{ name: "web", memory: 512, resourceRequirements: [{ type: "GPU", value }] }],
      },
      cluster: { deploymentRoom: "none" },
    });
    const gpusOf = (type: string | undefined) => virginia.instanceTypes.find(({ name }) => name === type)?.gpus;

    expect(gpusOf(typesOf(gpus("1"))[0])).toBe(1);
    expect(gpusOf(typesOf(gpus("3"))[0])).toBe(4);
  });
});

describe("one instance", () => {
  const alone = { instanceTypes: ["m5.large"], zones: 1, deploymentRoom: "none" };

  test("of m5.large for 730 hours costs $70.08, and its 30 GiB $2.40", () => {
    expect(linesOf({ cluster: alone })).toEqual([
      ["ec2/linux/m5.large", "730", "70.08"],
      ["ebs/gp3/storage", "30", "2.4"],
    ]);
  });

  test("for a run of 20 s is billed for 60 s, its volume for 20 s", () => {
    const runs = [{ taskDefinition: "web", tasks: 1, seconds: 20, times: 1 }];

    expect(linesOf({ cluster: alone, runs }).map(([sku, , cost]) => [sku, cost])).toEqual([
      ["ec2/linux/m5.large", "0.0016"],
      ["ebs/gp3/storage", "0.00001826484"],
    ]);
  });

  test("with a gp3 root volume of 50 GiB, 4,000 IOPS and 200 MiB/s pays for 1,000 IOPS and 75 MiB/s above the baseline", () => {
    const rootVolume = { volumeType: "gp3", sizeInGiB: 50, iops: 4000, throughput: 200 };

    expect(linesOf({ cluster: { ...alone, rootVolume } }).slice(1)).toEqual([
      ["ebs/gp3/storage", "50", "4"],
      ["ebs/gp3/iops", "1000", "5"],
      ["ebs/gp3/throughput", "75", "3"],
    ]);
  });
});

describe("Spot", () => {
  test("has a published price in us-east-1, a derived one in eu-west-3, and the derived one says so", () => {
    const lines = (book: PriceBook) =>
      optionIn(book, {}, "ec2-spot").charges.filter(({ sku }) => sku.startsWith("ec2-spot"));

    expect(lines(virginia).map(({ price }) => price.estimated)).toEqual([false]);
    expect(lines(paris).map(({ price }) => price.estimated)).toEqual([true]);
    expect(lines(paris)[0]?.price.source).toContain("Derived, not published");
  });

  test("at a derived price is never recommended, though all services are interruptible and nothing is cheaper", () => {
    const request = {
      ...requestOf({ desiredCount: 40, service: { interruptible: true } }),
      region: "eu-west-3",
      options: ["ec2", "ec2-spot"],
    };

    const { cheapest, recommended } = comparisonOf(request, paris);

    expect(cheapest).toBe("ec2-spot");
    expect(recommended?.option).not.toBe("ec2-spot");
    expect(recommended?.reason).toContain("rests on an estimated price");
  });
});

test("CQL-8: 5 tasks with distinctInstance have 5 instances, where 5 without it have one in each of 3 zones", () => {
  const instances = (placementConstraints: readonly object[]) =>
    optionIn(virginia, {
      desiredCount: 5,
      service: { placementConstraints },
      cluster: { instanceTypes: ["m5.xlarge"], deploymentRoom: "none" },
    }).fleet?.reduce((sum, { count }) => sum + count, 0);

  expect(instances([{ type: "distinctInstance" }])).toBe(5);
  expect(instances([])).toBe(3);
});

interface Asked {
  readonly desiredCount?: number;
  readonly definition?: object;
  readonly service?: object;
  readonly cluster?: object;
  readonly runs?: readonly object[];
}

/** Tasks of 0.25 vCPU and 512 MiB in bridge mode on x86, one unless said otherwise, with the changes. */
function requestOf({ desiredCount = 1, definition, service, cluster, runs }: Asked) {
  const sizes = { cpu: "256", memory: "512", networkMode: "bridge", runtimePlatform: { cpuArchitecture: "X86_64" } };
  const services = [{ serviceName: "web", taskDefinition: "web", desiredCount, ...service }];
  return {
    region: "us-east-1",
    taskDefinitions: [{ family: "web", ...sizes, containerDefinitions: [{ name: "web" }], ...definition }],
    ...(runs === undefined ? { services } : { runs }),
    cluster,
  };
}

function optionIn(book: PriceBook, asked: Asked, id = "ec2") {
  return optionOf(comparisonOf({ ...requestOf(asked), region: book.region, options: [id] }, book), id);
}

function typesOf(asked: Asked): (string | undefined)[] {
  const { fleet, problems } = optionIn(virginia, asked);
  expect(problems).toEqual([]);
  return [...new Set(fleet?.map(({ instanceType }) => instanceType))];
}

function totalOf(asked: Asked): number {
  return optionIn(virginia, asked).total?.toNumber() ?? Number.NaN;
}

function linesOf(asked: Asked): (string | undefined)[][] {
  return optionIn(virginia, asked).charges.map(({ sku, quantity, cost }) => [sku, quantity.toFixed(), cost.toFixed()]);
}
