import type { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PriceBook } from "../../../api/core/model/price-book.ts";
import { comparisonDocument } from "../../../api/present/json.ts";
import { comparisonText } from "../../../api/present/text.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";

const regions = ["us-east-1", "ap-southeast-5", "eu-north-1", "eu-central-1", "cn-north-1"] as const;
const [virginia, malaysia, stockholm, frankfurt, beijing] = await bundledBooks(...regions);

describe("twice the tasks", () => {
  test("are twice the usage, on demand and on Spot, to the last digit", () => {
    const tasks = fc.integer({ min: 1, max: 100_000 });
    const sized = fc.record({ cpu: fc.integer({ min: 1, max: 16_384 }), memory: fc.integer({ min: 1, max: 120_000 }) });
    fc.assert(
      fc.property(tasks, sized, fc.integer({ min: 21, max: 200 }), (desiredCount, size, storage) => {
        for (const id of ["fargate", "fargate-spot"]) {
          const once = quantitiesOf(id, { ...size, storage, desiredCount });
          const twice = quantitiesOf(id, { ...size, storage, desiredCount: 2 * desiredCount });
          expect(twice.map(([sku, quantity]) => [sku, quantity.toFixed()])).toEqual(
            once.map(([sku, quantity]) => [sku, quantity.times(2).toFixed()]),
          );
        }
      }),
      { seed: 5, numRuns: 40 },
    );
  });
});

describe("a bigger task", () => {
  test("never costs less, whichever accepted size it is raised to", () => {
    const more = fc.record({ cpu: fc.integer({ min: 0, max: 9000 }), memory: fc.integer({ min: 0, max: 70_000 }) });
    const size = fc.record({ cpu: fc.integer({ min: 1, max: 20_000 }), memory: fc.integer({ min: 1, max: 160_000 }) });
    fc.assert(
      fc.property(size, more, fc.constantFrom("fargate", "fargate-spot"), (small, added, id) => {
        const big = { cpu: small.cpu + added.cpu, memory: small.memory + added.memory };
        const [cheap, dear] = [costOf(id, small), costOf(id, big)];
        expect(dear.minus(cheap).toNumber()).toBeGreaterThanOrEqual(0);
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  test("of each accepted size costs no less than any that it contains", () => {
    const costs = virginia.taskSizes.map(({ cpuUnits, memoryMiB }) => {
      return { cpuUnits, memoryMiB, cost: costOf("fargate", { cpu: cpuUnits, memory: memoryMiB }) };
    });
    const cheaper = costs.flatMap((big) =>
      costs.filter(
        (small) => small.cpuUnits <= big.cpuUnits && small.memoryMiB <= big.memoryMiB && small.cost.gt(big.cost),
      ),
    );

    expect(costs).toHaveLength(77);
    expect(cheaper).toEqual([]);
  });
});

describe("for 730 hours in us-east-1", () => {
  test.each<[what: string, size: Size, lines: Record<string, string>, total: string]>([
    [
      "32 vCPU and 244 GB cost $1,737.36",
      { cpu: 32_768, memory: 249_856 },
      { vcpu: "945.6128", memory: "791.7434" },
      "1737.3562",
    ],
    ["1 vCPU and 2 GB cost $36.04", { cpu: 1024, memory: 2048 }, { vcpu: "29.5504", memory: "6.4897" }, "36.0401"],
    [
      "1 vCPU and 2 GB on ARM cost $28.83",
      { cpu: 1024, memory: 2048, cpuArchitecture: "ARM64" },
      { vcpu: "23.6374", memory: "5.1976" },
      "28.835",
    ],
    [
      "the 180 GB above the included 20 of 200 GB cost $14.59",
      { cpu: 256, memory: 512, storage: 200 },
      { vcpu: "7.3876", memory: "1.622425", "ephemeral-storage": "14.5854" },
      "23.595425",
    ],
    [
      "1 vCPU and 2 GB on Windows cost $75.03, of which $33.58 are the licence",
      { cpu: 1024, memory: 2048, operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
      { vcpu: "33.98296", memory: "7.463155", licence: "33.58" },
      "75.026115",
    ],
  ])("%s", (_, size, lines, total) => {
    const option = optionOf(comparisonOf(aRequest("fargate", { desiredCount: 1, ...size }), virginia), "fargate");

    const byMeter = option.charges.map(({ sku, cost }) => [sku.split("/").at(-1), cost.toFixed()]);
    expect(Object.fromEntries(byMeter)).toEqual(lines);
    expect(option.total?.toFixed()).toBe(total);
  });

  test("21 GB of storage are billed for 1 GB, and the included 20 are no line", () => {
    expect(quantitiesOf("fargate", { cpu: 256, memory: 512, storage: 21, desiredCount: 1 }).at(-1)?.[1].toFixed()).toBe(
      "730",
    );
    expect(quantitiesOf("fargate", { cpu: 256, memory: 512, desiredCount: 1 })).toHaveLength(2);
  });
});

describe("the minimum charge", () => {
  test.each([
    ["60 s on Linux: 20 s are billed as 60", "LINUX", 20, 1, "60"],
    ["60 s on Linux: 61 s are billed as 61", "LINUX", 61, 1, "61"],
    ["60 s on Linux for each of 30 runs, not for their sum: 1,800 s", "LINUX", 20, 30, "1800"],
    ["300 s on Windows: 20 s are billed as 300", "WINDOWS_SERVER_2019_CORE", 20, 1, "300"],
    ["300 s on Windows for each of 4 runs of 299 s: 1,200 s", "WINDOWS_SERVER_2019_CORE", 299, 4, "1200"],
  ])("is %s", (_, operatingSystemFamily, seconds, times, billed) => {
    const { services: __, ...request } = aRequest("fargate", { cpu: 1024, memory: 2048, operatingSystemFamily });
    const runs = [{ taskDefinition: "web", tasks: 1, seconds, times }];

    const { charges } = optionOf(comparisonOf({ ...request, runs }, virginia), "fargate");

    const vcpuSeconds = charges.find(({ sku }) => sku.endsWith("/vcpu"))?.quantity.times(3600);
    expect(vcpuSeconds?.toDecimalPlaces(20).toFixed()).toBe(billed);
  });
});

test("10 tasks with base 1 and weights 1:4 cost 2.8 on demand and 7.2 on Spot (CP-1)", () => {
  const capacityProviderStrategy = [
    { capacityProvider: "FARGATE", base: 1, weight: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 4 },
  ];
  const request = aRequest("as-configured", { cpu: 1024, memory: 2048, desiredCount: 10 });
  const services = request.services.map((service) => ({ ...service, capacityProviderStrategy }));

  const option = optionOf(comparisonOf({ ...request, services }, virginia), "as-configured");

  const [onDemand, onSpot] = ["fargate", "fargate-spot"].map((id) => costOf(id, { cpu: 1024, memory: 2048 }));
  expect(option.total?.toFixed(9)).toBe(
    onDemand
      ?.times("2.8")
      .plus(onSpot?.times("7.2") ?? 0)
      .toFixed(9),
  );
  expect(option.runs.map(({ launchType, share }) => [launchType, share])).toEqual([
    ["fargate", "7/25"],
    ["fargate-spot", "18/25"],
  ]);
});

describe("what has no price is refused by name:", () => {
  test.each<[what: string, book: PriceBook, id: string, size: Partial<Size>, sku: string]>([
    ["Fargate Spot in ap-southeast-5", malaysia, "fargate-spot", {}, "fargate-spot/linux/x86_64/vcpu"],
    ["ARM in eu-north-1", stockholm, "fargate", { cpuArchitecture: "ARM64" }, "fargate/linux/arm64/vcpu"],
    ["storage above 20 GB in eu-central-1", frankfurt, "fargate", { storage: 30 }, "fargate/ephemeral-storage"],
    [
      "Windows in eu-central-1",
      frankfurt,
      "fargate",
      { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
      "fargate/windows/x86_64/vcpu",
    ],
    ["Fargate in cn-north-1", beijing, "fargate", {}, "fargate/linux/x86_64/vcpu"],
  ])("%s", (_, book, id, size, sku) => {
    const option = optionOf(comparisonOf(aRequest(id, { cpu: 1024, memory: 2048, ...size }, book.region), book), id);

    expect(option.total).toBeNull();
    expect(option.problems.map(({ code }) => code)).toContain("price_missing");
    expect(option.problems.map(({ message }) => message).join("\n")).toContain(`No price for ${sku} in ${book.region}`);
  });

  test("Windows on Spot and on EC2, at the field that says so", () => {
    const request = {
      ...aRequest("fargate", { cpu: 1024, memory: 2048, operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" }),
      options: null,
    };

    const comparison = comparisonOf(request, virginia);

    const path = "taskDefinitions[0].runtimePlatform.operatingSystemFamily";
    expect(optionOf(comparison, "fargate-spot").problems).toContainEqual(
      expect.objectContaining({ code: "windows_on_spot", path }),
    );
    expect(optionOf(comparison, "ec2").problems).toContainEqual(
      expect.objectContaining({ code: "windows_price_missing", path }),
    );
    expect(comparison.cheapest).toBe("fargate");
  });
});

describe("another currency", () => {
  test("cn-north-1 is answered in CNY, and since its volumes have no price there EC2 is refused by name", () => {
    const comparison = comparisonOf(
      { ...aRequest("ec2", { cpu: 1024, memory: 2048 }, "cn-north-1"), options: null },
      beijing,
    );

    expect(comparison.currency).toBe("CNY");
    expect(comparison.cheapest).toBeNull();
    expect(JSON.stringify(optionOf(comparison, "ec2").problems)).toContain(
      "No price for ebs/gp3/storage in cn-north-1",
    );
  });

  test("is written with its sign and never beside a dollar", () => {
    const yuan = { ...virginia, currency: "CNY" };

    const document = comparisonDocument(comparisonOf(aRequest("fargate", { cpu: 1024, memory: 2048 }), yuan), {
      ...{ id: "id", engine: "1" },
    });
    const text = comparisonText(document, null);

    expect(text).toContain("¥36.04");
    expect(text).not.toContain("$");
  });
});

interface Size {
  readonly cpu: number;
  readonly memory: number;
  readonly storage?: number;
  readonly desiredCount?: number;
  readonly cpuArchitecture?: string;
  readonly operatingSystemFamily?: string;
}

function aRequest(option: string, size: Size, region = "us-east-1") {
  const { cpu, memory, storage, desiredCount, cpuArchitecture = "X86_64", operatingSystemFamily = "LINUX" } = size;
  const definition = {
    family: "web",
    cpu: String(cpu),
    memory: String(memory),
    networkMode: "awsvpc",
    runtimePlatform: { cpuArchitecture, operatingSystemFamily },
    ephemeralStorage: storage === undefined ? null : { sizeInGiB: storage },
    containerDefinitions: [{ name: "web" }],
  };
  const services = [{ serviceName: "web", taskDefinition: "web", desiredCount: desiredCount ?? 1 }];
  return { region, taskDefinitions: [definition], services, options: [option] };
}

function quantitiesOf(id: string, size: Size): [sku: string, quantity: Decimal][] {
  const { charges } = optionOf(comparisonOf(aRequest(id, size), virginia), id);
  return charges.map(({ sku, quantity }) => [sku, quantity]);
}

function costOf(id: string, size: Size): Decimal {
  const { total } = optionOf(comparisonOf(aRequest(id, size), virginia), id);
  if (total === null) throw new Error(`${size.cpu} CPU units and ${size.memory} MiB are not priced on ${id}`);
  return total;
}
