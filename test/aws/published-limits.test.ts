import { describe, expect, test } from "vitest";
import { interfaceTasks } from "../../api/aws/ec2/interface-tasks.ts";
import { registeredMemoryMiB } from "../../api/aws/ec2/registered-memory.ts";
import { unsetUsage } from "../../api/core/model/add-on.ts";
import type { PriceBook } from "../../api/core/model/price-book.ts";
import { unsetSettings } from "../../api/core/model/settings.ts";
import sizes from "../cases/fargate-sizes.json" with { type: "json" };
import interfaces from "../cases/interface-tasks.json" with { type: "json" };
import memory from "../cases/registered-memory.json" with { type: "json" };
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../core/comparison-of.ts";
import { anInstanceType } from "../core/sample-book.ts";

const [book] = await bundledBooks("us-east-1");

describe("Fargate sizes", () => {
  const accepted = sizes.accepted.flatMap(({ cpuUnits, memoryMiB, operatingSystems }) =>
    memoryMiB.map((memoryEach) => ({ cpuUnits, memoryMiB: memoryEach, operatingSystems })),
  );

  test("the 77 of the pricing page are those of the price book, with their operating systems", () => {
    const known = book.taskSizes.map(({ cpuUnits, memoryMiB, operatingSystems }) => ({
      cpuUnits,
      memoryMiB,
      operatingSystems: [...operatingSystems].sort(),
    }));

    expect(accepted).toHaveLength(77);
    expect(known.sort(bySize)).toEqual(accepted.sort(bySize));
  });

  test.each(accepted)("$cpuUnits CPU units with $memoryMiB MiB run on Linux as written", ({ cpuUnits, memoryMiB }) => {
    const comparison = comparisonOf(aTaskOf(cpuUnits, memoryMiB), book);

    expect(readinessOf(comparison, "fargate")).toMatchObject({ accepted: true, nearest: { cpuUnits, memoryMiB } });
  });

  const notOnWindows = accepted.filter(({ operatingSystems }) => !operatingSystems.includes("windows"));
  test.each(notOnWindows)(
    "$cpuUnits CPU units with $memoryMiB MiB do not run on Windows",
    ({ cpuUnits, memoryMiB }) => {
      const comparison = comparisonOf(aTaskOf(cpuUnits, memoryMiB, "WINDOWS_SERVER_2022_CORE"), book);

      expect(readinessOf(comparison, "fargate")?.accepted).toBe(false);
    },
  );

  test.each(sizes.cases)("$given ($id)", ({ cpuUnits, memoryMiB }) => {
    const readiness = readinessOf(comparisonOf(aTaskOf(cpuUnits, memoryMiB), book), "fargate");

    expect(readiness?.accepted).toBe(false);
    expect(readiness?.problems.map(({ code, path }) => [code, path])).toEqual([
      ["fargate_size_unknown", "taskDefinitions[0].cpu"],
    ]);
    expect(readiness?.nearest?.cpuUnits).toBeGreaterThanOrEqual(cpuUnits);
    expect(readiness?.nearest?.memoryMiB).toBeGreaterThanOrEqual(memoryMiB);
  });
});

describe("Fargate's rules (AWS-FG-R)", () => {
  test("a task is billed for at least 60 s on Linux and 300 s on Windows, and 20 GB of storage are included", () => {
    const limitOf = (key: string) => book.limits.get(key)?.value.toFixed();

    expect(limitOf("fargate/minimum-seconds/linux")).toBe("60");
    expect(limitOf("fargate/minimum-seconds/windows")).toBe("300");
    expect(limitOf("fargate/ephemeral-storage/included-gib")).toBe("20");
  });

  test("1 GB is 1024³ bytes: 1,024 MiB for an hour at $0.004445 a GB cost $0.004445", () => {
    const priced = comparisonOf({ ...aTaskOf(256, 1024), hours: 1 }, book);

    const memory = optionOf(priced, "fargate").charges.find(({ sku }) => sku.endsWith("/memory"));
    expect([memory?.quantity.toFixed(), memory?.cost.toFixed()]).toEqual(["1", "0.004445"]);
  });

  test("Spot has prices for Linux on x86 and on ARM, and none for Windows", () => {
    const spot = [...book.prices.keys()].filter((sku) => sku.startsWith("fargate-spot/")).sort();

    expect(spot).toEqual([
      "fargate-spot/linux/arm64/memory",
      "fargate-spot/linux/arm64/vcpu",
      "fargate-spot/linux/x86_64/memory",
      "fargate-spot/linux/x86_64/vcpu",
    ]);
  });
});

describe("awsvpc tasks on an instance", () => {
  // Of p3.2xlarge the sources do not say the architecture, so that no book has it: see the test below.
  const inBook = interfaces.cases.filter(({ instanceType }) => instanceType !== "p3.2xlarge");
  test.each(inBook)("$instanceType takes $tasks, with trunking $tasksTrunking ($id)", (published) => {
    const type = typeOf(published.instanceType, book);
    const trunking = { ...unsetSettings, awsvpcTrunking: true };

    expect(interfaceTasks(type, { book, settings: unsetSettings, usage: unsetUsage })).toBe(published.tasks);
    expect(interfaceTasks(type, { book, settings: trunking, usage: unsetUsage })).toBe(published.tasksTrunking);
  });

  test("p3.2xlarge takes 3 of its 4 interfaces, with trunking 40: the table counts, not the 0 branch interfaces", () => {
    const published = interfaces.cases.find(({ instanceType }) => instanceType === "p3.2xlarge");
    const type = anInstanceType({
      ...{ networkInterfaces: 4, branchInterfaces: 0 },
      interfaceTasks: published?.tasks ?? null,
      interfaceTasksTrunking: published?.tasksTrunking ?? null,
    });

    expect(interfaceTasks(type, { book, settings: unsetSettings, usage: unsetUsage })).toBe(3);
    expect(
      interfaceTasks(type, { book, settings: { ...unsetSettings, awsvpcTrunking: true }, usage: unsetUsage }),
    ).toBe(40);
  });

  test("a type outside the table with 3 interfaces and 9 branches takes 3 − 1, with trunking 9 + 3 − 2", () => {
    const type = anInstanceType({ networkInterfaces: 3, branchInterfaces: 9 });

    expect(interfaceTasks(type, { book, settings: unsetSettings, usage: unsetUsage })).toBe(2);
    expect(
      interfaceTasks(type, { book, settings: { ...unsetSettings, awsvpcTrunking: true }, usage: unsetUsage }),
    ).toBe(10);
  });

  test("trunking changes nothing on any T-family type (ENI-2)", () => {
    const trunking = { ...unsetSettings, awsvpcTrunking: true };
    const burstable = book.instanceTypes.filter(({ name }) => /^t\d/.test(name));
    const gained = burstable.filter(
      (type) =>
        interfaceTasks(type, { book, settings: trunking, usage: unsetUsage }) >
        interfaceTasks(type, { book, settings: unsetSettings, usage: unsetUsage }),
    );

    expect(burstable.length).toBeGreaterThan(20);
    expect(gained.map(({ name }) => name)).toEqual([]);
  });
});

describe("memory an instance registers", () => {
  test.each(memory.cases)(
    "$instanceType, seen $bytesSeen bytes, $reservedMemoryMiB MiB kept: $registeredMiB MiB ($id)",
    ({ instanceType, bytesSeen, reservedMemoryMiB, registeredMiB, nominalMiB }) => {
      const type = typeOf(instanceType, book);
      const settings = { ...unsetSettings, reservedMemoryMiB };

      expect(type.memoryMiB).toBe(nominalMiB);
      expect(Math.floor(bytesSeen / 1024 / 1024) - reservedMemoryMiB).toBe(registeredMiB);
      expect(registeredMemoryMiB(type, { book, settings, usage: unsetUsage })).toBe(registeredMiB);
    },
  );

  test.each([
    [7985, true],
    [7986, false],
    [8192, false],
  ])("a task of %i MiB on m4.large: %s (MEM-3)", (memoryMiB, isPlaced) => {
    const request = {
      ...aTaskOf(256, memoryMiB),
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m4.large"] },
      options: ["ec2"],
    };

    expect(optionOf(comparisonOf(request, book), "ec2").problems.length === 0).toBe(isPlaced);
  });

  test("of a type that was never observed is taken for no more than what one of its size was seen with: 855 of 995 MiB (MEM-6)", () => {
    const registered = registeredMemoryMiB(typeOf("t2.micro", book), {
      book,
      settings: unsetSettings,
      usage: unsetUsage,
    });

    expect(registered).toBe(855);
    expect(registered).toBeLessThanOrEqual(995);
  });

  test("is less than the nominal memory for every type, and never negative", () => {
    const registered = book.instanceTypes.map((type) =>
      registeredMemoryMiB(type, { book, settings: unsetSettings, usage: unsetUsage }),
    );

    expect(book.instanceTypes.filter((type, at) => (registered[at] ?? 0) >= type.memoryMiB)).toEqual([]);
    expect(Math.min(...registered)).toBeGreaterThan(0);
  });
});

describe("host ports", () => {
  const onOneType = { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.24xlarge"] };
  const instancesFor = (containers: object, networkMode: string, desiredCount: number) => {
    const request = {
      region: "us-east-1",
      taskDefinitions: [{ family: "web", networkMode, containerDefinitions: containers }],
      services: [{ serviceName: "web", taskDefinition: "web", desiredCount }],
      cluster: onOneType,
      options: ["ec2"],
    };
    const { fleet } = optionOf(comparisonOf(request, book), "ec2");
    return fleet?.reduce((sum, { count }) => sum + count, 0);
  };
  const container = (portMappings: object) => [{ name: "web", cpu: 10, memory: 64, portMappings }];
  const ports = (count: number, hostPort: (at: number) => number) =>
    Array.from({ length: count }, (_, at) => ({ containerPort: 3000 + at, hostPort: hostPort(at) }));

  test("a task may claim 95 of an instance's 100, since the agent has 5 of them (PORT-1)", () => {
    expect(instancesFor(container(ports(95, (at) => 3000 + at)), "bridge", 1)).toBe(1);
    expect(instancesFor(container(ports(96, (at) => 3000 + at)), "bridge", 1)).toBeUndefined();
  });

  test("96 dynamic ones count for nothing (PORT-1)", () => {
    expect(instancesFor(container(ports(96, () => 0)), "bridge", 4)).toBe(1);
  });

  test.each(["bridge", "host"])("three tasks with host port 8080 in mode %s need three instances (PORT-2)", (mode) => {
    expect(instancesFor(container([{ containerPort: 8080, hostPort: 8080 }]), mode, 3)).toBe(3);
  });

  test("in host mode the container port is the host port (PORT-2)", () => {
    expect(instancesFor(container([{ containerPort: 8080 }]), "host", 3)).toBe(3);
  });

  test("three awsvpc tasks with port 8080 share an instance: they take no host port (PORT-3)", () => {
    expect(instancesFor(container([{ containerPort: 8080, hostPort: 8080 }]), "awsvpc", 3)).toBe(1);
  });

  test("two tasks may share a port number over TCP and UDP", () => {
    const both = [
      { containerPort: 53, hostPort: 5300, protocol: "tcp" },
      { containerPort: 53, hostPort: 5300, protocol: "udp" },
    ];

    expect(instancesFor(container(both), "bridge", 1)).toBe(1);
  });
});

function aTaskOf(cpuUnits: number, memoryMiB: number, operatingSystemFamily = "LINUX") {
  return {
    region: "us-east-1",
    taskDefinitions: [
      {
        family: "web",
        cpu: String(cpuUnits),
        memory: String(memoryMiB),
        networkMode: "awsvpc",
        runtimePlatform: { operatingSystemFamily, cpuArchitecture: "X86_64" },
        containerDefinitions: [{ name: "web", image: "nginx" }],
      },
    ],
    options: ["fargate"],
  };
}

function readinessOf(comparison: ReturnType<typeof comparisonOf>, launchType: string) {
  return comparison.readiness.find((readiness) => readiness.launchType === launchType);
}

function typeOf(name: string, { instanceTypes }: PriceBook) {
  const type = instanceTypes.find((candidate) => candidate.name === name);
  if (type === undefined) throw new Error(`The bundled book has no ${name}`);
  return type;
}

function bySize(
  a: { readonly cpuUnits: number; readonly memoryMiB: number },
  b: { readonly cpuUnits: number; readonly memoryMiB: number },
): number {
  return a.cpuUnits - b.cpuUnits || a.memoryMiB - b.memoryMiB;
}
