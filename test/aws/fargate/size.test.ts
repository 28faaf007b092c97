import { describe, expect, test } from "vitest";
import { cheapestSize, neededSize } from "../../../api/aws/fargate/size.ts";
import { unsetUsage } from "../../../api/core/model/add-on.ts";
import { unsetSettings } from "../../../api/core/model/settings.ts";
import { aBook, aPrice } from "../../core/sample-book.ts";
import { aContainer, aTask } from "../../core/sample-workload.ts";

describe("the cheapest size that holds a task", () => {
  const sizes = [
    [256, 4096],
    [512, 1024],
    [512, 2048],
  ] as const;
  const taskSizes = sizes.map(([cpuUnits, memoryMiB]) => ({
    cpuUnits,
    memoryMiB,
    operatingSystems: ["linux"] as const,
    source: "",
  }));
  const at = (vcpu: string, memory: string) => {
    const prices = [
      aPrice("fargate/linux/x86_64/vcpu", vcpu, "vCPU-Hour"),
      aPrice("fargate/linux/x86_64/memory", memory, "GB-Hour"),
    ];
    const context = { book: aBook(prices, { taskSizes }), settings: unsetSettings, usage: unsetUsage };
    return cheapestSize({ cpuUnits: 256, memoryMiB: 1000 }, aTask(), { context, skuPrefix: "fargate/linux/x86_64" });
  };

  test("has little memory where memory is dear: $1 a GB and $0.01 a vCPU", () => {
    expect(at("0.01", "1")).toEqual({ cpuUnits: 512, memoryMiB: 1024 });
  });

  test("has little CPU where CPU is dear: $1 a vCPU and $0.01 a GB", () => {
    expect(at("1", "0.01")).toEqual({ cpuUnits: 256, memoryMiB: 4096 });
  });

  test("is none where none is large enough, or none is for the operating system", () => {
    const context = { book: aBook([], { taskSizes }), settings: unsetSettings, usage: unsetUsage };
    const given = { context, skuPrefix: "fargate/linux/x86_64" };

    expect(cheapestSize({ cpuUnits: 513, memoryMiB: 1 }, aTask(), given)).toBeNull();
    expect(cheapestSize({ cpuUnits: 1, memoryMiB: 1 }, aTask({ operatingSystem: "windows" }), given)).toBeNull();
  });
});

describe("the size a task needs", () => {
  const two = (first: object, second: object) =>
    aTask({ cpuUnits: null, memoryMiB: null, containers: [aContainer(first), aContainer(second)] });

  test("is its own where it has one, whatever its containers say", () => {
    expect(neededSize(aTask({ cpuUnits: 1024, memoryMiB: 4096 }))).toEqual({ cpuUnits: 1024, memoryMiB: 4096 });
  });

  test("is what its containers reserve together: 100 + 200 CPU units, 256 + 64 MiB", () => {
    const task = two({ cpuUnits: 100, memoryMiB: 256 }, { cpuUnits: 200, memoryMiB: 128, memoryReservationMiB: 64 });

    expect(neededSize(task)).toEqual({ cpuUnits: 300, memoryMiB: 320 });
  });

  test("holds the largest hard limit: a container of 2,000 MiB that reserves 100 beside one of 200", () => {
    const task = two({ memoryMiB: 2000, memoryReservationMiB: 100 }, { memoryMiB: 200 });

    expect(neededSize(task).memoryMiB).toBe(2000);
  });
});
