import { describe, expect, test } from "vitest";
import type { PriceBook } from "../../api/core/model/price-book.ts";
import { bundledBooks } from "./bundled-books.ts";
import { comparisonOf, optionOf } from "./comparison-of.ts";

const [book, frankfurt] = await bundledBooks("us-east-1", "eu-central-1");

describe("the nearest size", () => {
  test.each([
    [{ cpu: "512", memory: "512" }, 512, 1024, "18.02005"],
    [{ cpu: "256", memory: "512" }, 256, 512, "9.010025"],
    [{ cpu: "300", memory: "700" }, 512, 1024, "18.02005"],
    [{ cpu: "256", memory: "3072" }, 512, 3072, "24.50975"],
    [{ cpu: "4096", memory: "32768" }, 8192, 32_768, "340.2384"],
    [{ cpu: "32768", memory: "65536" }, 32_768, 122_880, "1334.9948"],
  ])("of %j is %i CPU units and %i MiB, $%s for 730 hours", (size, cpuUnits, memoryMiB, cost) => {
    const nearest = readinessOf(size).nearest;

    expect({ ...nearest, cost: nearest?.cost?.toFixed() }).toEqual({ cpuUnits, memoryMiB, cost });
  });

  test("of a task without sizes holds its containers: 300 CPU units and a hard limit of 1,100 MiB are 512 and 2,048", () => {
    const containers = [
      { name: "a", cpu: 200, memory: 1100, memoryReservation: 100 },
      { name: "b", cpu: 100, memory: 64 },
    ];

    expect(readinessOf({ containerDefinitions: containers }).nearest).toMatchObject({ cpuUnits: 512, memoryMiB: 2048 });
  });

  test("has no cost where the region has no price, and is not a matter of EC2", () => {
    const arm = { cpu: "512", memory: "1024", runtimePlatform: { cpuArchitecture: "ARM64" } };

    expect(readinessOf(arm, "fargate-spot", frankfurt).nearest).toEqual({ cpuUnits: 512, memoryMiB: 1024, cost: null });
    expect(readinessOf(arm, "ec2").nearest).toBeNull();
  });

  test("is priced in the option, with what it adds: 512 CPU units and 512 MiB become 1,024 MiB, $1.62 more", () => {
    const fargate = optionOf(comparisonOf(requestOf({ cpu: "512", memory: "512" }), book), "fargate");

    const raised = fargate.assumptions.find(({ code }) => code === "fargate_size_raised");
    expect(fargate.total?.toFixed()).toBe("18.02005");
    expect(raised?.text).toContain("web (512 CPU units, 1024 MiB)");
    expect(raised?.effect?.toFixed()).toBe("1.622425");
  });
});

describe("a task definition", () => {
  test("that every launch type takes as written is accepted four times", () => {
    const { readiness } = comparisonOf(requestOf({ cpu: "256", memory: "512" }), book);

    expect(readiness.map(({ launchType, accepted }) => [launchType, accepted])).toEqual([
      ["fargate", true],
      ["fargate-spot", true],
      ["ec2", true],
      ["ec2-spot", true],
    ]);
  });

  test("is judged with every service that runs it, each reason once", () => {
    const service = { taskDefinition: "web", desiredCount: 1, placementStrategy: [{ type: "random" }] };
    const services = [
      { ...service, serviceName: "a" },
      { ...service, serviceName: "b" },
    ];

    const { readiness } = comparisonOf({ ...requestOf({ cpu: "512", memory: "512" }), services }, book);

    expect(readiness.find(({ launchType }) => launchType === "fargate")?.problems.map(({ path }) => path)).toEqual([
      "services[0].placementStrategy",
      "taskDefinitions[0].cpu",
      "services[1].placementStrategy",
    ]);
  });

  test("that no service runs is judged too", () => {
    const request = requestOf({ cpu: "256", memory: "512" });
    const unused = { ...request.taskDefinitions[0], family: "unused", cpu: "100" };

    const { readiness } = comparisonOf(
      {
        ...request,
        taskDefinitions: [...request.taskDefinitions, unused],
        services: [{ taskDefinition: "web", desiredCount: 1 }],
      },
      book,
    );

    const fargate = readiness.find(
      ({ launchType, taskDefinition }) => launchType === "fargate" && taskDefinition === "unused",
    );
    expect(fargate?.problems.map(({ code }) => code)).toEqual(["fargate_size_unknown"]);
  });

  test("larger than every size is refused on Fargate, with the way out", () => {
    const { problems } = optionOf(comparisonOf(requestOf({ cpu: "32768", memory: "262144" }), book), "fargate");

    expect(problems).toEqual([
      {
        code: "fargate_size_too_large",
        path: "taskDefinitions[0].cpu",
        message: expect.stringContaining("run it on EC2"),
      },
    ]);
  });
});

function requestOf(definition: object) {
  const given = { networkMode: "awsvpc", runtimePlatform: { cpuArchitecture: "X86_64" } };
  return {
    region: "us-east-1",
    taskDefinitions: [{ family: "web", ...given, containerDefinitions: [{ name: "web" }], ...definition }],
  };
}

function readinessOf(definition: object, launchType = "fargate", prices: PriceBook = book) {
  const { readiness } = comparisonOf({ ...requestOf(definition), region: prices.region }, prices);
  const found = readiness.find((row) => row.launchType === launchType);
  if (found === undefined) throw new Error(`Nothing is said about ${launchType}`);
  return found;
}
