import { describe, expect, test } from "vitest";
import type { Estimate } from "../../../api/core/model/comparison.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";

const [virginia] = await bundledBooks("us-east-1");

/** Bridge-mode tasks of so many CPU units and MiB; a service of each, with so many of them. */
function request(
  tasks: Readonly<Record<string, readonly [count: number, cpu: number, memory: number, service?: object]>>,
  cluster: object,
) {
  return {
    region: "us-east-1",
    taskDefinitions: Object.entries(tasks).map(([family, [, cpu, memory]]) => ({
      family,
      containerDefinitions: [{ name: family, cpu, memory }],
    })),
    services: Object.entries(tasks).map(([serviceName, [desiredCount, , , service = {}]]) => ({
      ...{ serviceName, taskDefinition: serviceName, desiredCount },
      ...service,
    })),
    cluster: { zones: 1, deploymentRoom: "none", ...cluster },
    options: ["ec2", "ec2-mixed"],
  };
}

function ec2(asked: ReturnType<typeof request>): Estimate {
  return optionOf(comparisonOf(asked, virginia), "ec2");
}

/** Instances by type, and tasks on each, as `2 m5.large: web 1`. */
function rowsOf({ fleet }: Estimate): string[] {
  return (fleet ?? []).map(({ count, instanceType, tasks, existing, zone }) => {
    const on = tasks.map((task) => `${task.service} ${task.count}`).join(", ") || "nothing";
    return `${count} ${instanceType} in zone ${zone}: ${on}${existing ? ", running already" : ""}`;
  });
}

const large = { instanceTypes: ["m5.large"] };

describe("placement strategies", () => {
  // 7,680 MiB registered: 2 tasks of 3,000 MiB, or 1 beside 7 of 600.
  const tasks = { big: [2, 10, 3000], small: [7, 10, 600] } as const;
  const packed = [{ type: "binpack", field: "memory" }];

  test("spread by default: 2 big and 7 small tasks want 2 m5.large, with a big one on each", () => {
    expect(rowsOf(ec2(request(tasks, large)))).toEqual([
      "1 m5.large in zone 0: big 1, small 4",
      "1 m5.large in zone 0: big 1, small 3",
    ]);
  });

  test("that pack leave the second instance to what does not fit on the first", () => {
    const placementStrategy = packed;
    const asked = request(
      { big: [2, 10, 3000, { placementStrategy }], small: [7, 10, 600, { placementStrategy }] },
      large,
    );

    expect(rowsOf(ec2(asked))).toEqual(["1 m5.large in zone 0: big 2, small 2", "1 m5.large in zone 0: small 5"]);
  });

  test("spread can need more instances than packing: 3 for 4 tasks of 2,000 and 3 of 3,600 MiB that spread", () => {
    const spreading = { a: [4, 10, 2000], b: [3, 10, 3600] } as const;
    const packing = {
      a: [4, 10, 2000, { placementStrategy: packed }],
      b: [3, 10, 3600, { placementStrategy: packed }],
    } as const;
    const countOf = (estimate: Estimate) => estimate.fleet?.reduce((sum, { count }) => sum + count, 0);

    expect([countOf(ec2(request(spreading, large))), countOf(ec2(request(packing, large)))]).toEqual([3, 3]);
  });
});

describe("placement constraints", () => {
  const memberOf = (expression: string) => ({ placementConstraints: [{ type: "memberOf", expression }] });

  test("keep a service on the types they name: m7i alone is looked at", () => {
    const asked = request({ web: [3, 500, 1000, memberOf("attribute:ecs.instance-type =~ m7i\\..*")] }, {});

    expect(new Set(ec2(asked).fleet?.map(({ instanceType }) => instanceType.split(".")[0]))).toEqual(new Set(["m7i"]));
  });

  test("hold for the cheapest mix too, each service by itself", () => {
    const m7i = memberOf("attribute:ecs.instance-type =~ m7i\\..*");
    const asked = request(
      { web: [3, 500, 1000, m7i], api: [3, 500, 3000, memberOf("attribute:ecs.instance-type =~ r.*")] },
      {},
    );
    const { fleet } = optionOf(comparisonOf(asked, virginia), "ec2-mixed");

    for (const { instanceType, tasks } of fleet ?? []) {
      const expected = tasks.some(({ service }) => service === "web") ? /^m7i\./ : /^r/;
      expect(instanceType).toMatch(expected);
    }
  });

  test("that exclude every type are named, with how many would hold the task", () => {
    const asked = request({ web: [1, 500, 1000, memberOf("attribute:ecs.instance-type == x99.large")] }, {});

    expect(ec2(asked).problems).toMatchObject([
      {
        code: "no_instance_type",
        message: expect.stringMatching(
          /attribute:ecs\.instance-type == x99\.large\) exclude every instance type that holds one task of web .* \d+ of them/,
        ),
      },
    ]);
  });

  test("by task group keep services apart: not(task:group == service:db) wants an instance more", () => {
    const apart = memberOf("not(task:group == service:db)");
    const together = request({ db: [1, 100, 1000], web: [1, 100, 1000] }, large);
    const separate = request({ db: [1, 100, 1000], web: [1, 100, 1000, apart] }, large);

    expect(rowsOf(ec2(together))).toEqual(["1 m5.large in zone 0: db 1, web 1"]);
    expect(rowsOf(ec2(separate)).sort()).toEqual(["1 m5.large in zone 0: db 1", "1 m5.large in zone 0: web 1"]);
    expect(optionOf(comparisonOf(separate, virginia), "ec2-mixed").problems).toMatchObject([
      { code: "placement_constraint_not_searched" },
    ]);
  });

  test("a task that only a type left out would hold is told which: a metal or larger one", () => {
    const [problem] = ec2(request({ web: [1, 100, 60_000] }, { instanceTypes: ["m5.large"] })).problems;

    expect(problem?.message).toMatch(/No instance type holds one task of web .* is the cheapest that would: allow it/);
  });
});

describe("surviving the loss of a zone", () => {
  const tasks = { web: [6, 1000, 2000] } as const;
  const cluster = { ...large, zones: 3 };

  test("gives each zone room for half of 6 tasks instead of a third: 6 m5.large instead of 3", () => {
    const countOf = (extra: object) =>
      ec2(request(tasks, { ...cluster, ...extra })).fleet?.reduce((sum, { count }) => sum + count, 0);

    expect([countOf({}), countOf({ surviveZoneLoss: true })]).toEqual([3, 6]);
  });

  test("is shown with what it costs: 3 m5.large and their disks for a month, $217.44", () => {
    const survived = ec2(request(tasks, { ...cluster, surviveZoneLoss: true }));

    expect(survived.assumptions.find(({ code }) => code === "ec2_zone_loss")?.effect?.toFixed(2)).toBe("217.44");
  });
});

test("a target capacity of 75 % keeps a fourth instance empty beside three", () => {
  const estimate = ec2(request({ web: [6, 1000, 2000] }, { ...large, targetCapacity: 75 }));

  expect(rowsOf(estimate)).toEqual(["3 m5.large in zone 0: web 2", "1 m5.large in zone 0: nothing"]);
});

test("bind mounts of 20 GiB a task want a root volume each on disks of 30 GiB, two share one of 50", () => {
  const tasks = { web: [2, 100, 100, { localDiskGiB: 20 }] } as const;
  const countOf = (sizeInGiB: number) =>
    ec2(request(tasks, { ...large, rootVolume: { sizeInGiB } })).fleet?.reduce((sum, { count }) => sum + count, 0);

  expect([countOf(30), countOf(50)]).toEqual([2, 1]);
});

test("requirements choose among types: 4 to 8 vCPU of AMD", () => {
  const requirements = { vCpuCount: { min: 4, max: 8 }, cpuManufacturers: ["amd"] };
  const { fleet } = ec2(request({ web: [9, 1000, 2000] }, { instanceRequirements: requirements }));
  const types = fleet?.map(({ instanceType }) => virginia.instanceTypes.find(({ name }) => name === instanceType));

  expect(types?.every((type) => type?.manufacturer === "AMD" && type.vcpus >= 4 && type.vcpus <= 8)).toBe(true);
});

test("Spot instances of at least two types in turn", () => {
  const asked = { ...request({ web: [8, 1000, 2000] }, { spotInstanceTypesMin: 2 }), options: ["ec2-spot"] };
  const spot = optionOf(comparisonOf(asked, virginia), "ec2-spot");

  expect(new Set(spot.fleet?.map(({ instanceType }) => instanceType)).size).toBe(2);
});

describe("capacity that is given", () => {
  const web = { web: [4, 1000, 2000] } as const;
  const provider = { name: "own", instanceTypes: ["m5.large"] };

  test("of five m5.large is paid for whole: 4 tasks spread over it", () => {
    const estimate = ec2(request(web, { capacityProviders: [{ ...provider, count: 5 }] }));

    expect(rowsOf(estimate)).toEqual(["4 m5.large in zone 0: web 1", "1 m5.large in zone 0: nothing"]);
    expect(estimate.charges.find(({ sku }) => sku === "ec2/linux/m5.large")?.cost.toFixed(2)).toBe("350.40");
  });

  test("from one to ten instances is as few as hold the tasks: two", () => {
    const estimate = ec2(request(web, { capacityProviders: [{ ...provider, min: 1, max: 10 }] }));

    expect(rowsOf(estimate)).toEqual(["2 m5.large in zone 0: web 2"]);
    expect(estimate.fleet?.every((row) => row.provider === "own")).toBe(true);
  });

  test("that is too small leaves tasks without a place, in the words of ECS", () => {
    const estimate = ec2(request(web, { capacityProviders: [{ ...provider, count: 1 }] }));

    expect(estimate.problems).toMatchObject([
      {
        code: "task_not_placed",
        path: "services[0]",
        message: expect.stringContaining("insufficient CPU units available"),
      },
    ]);
  });

  test("is shared by the services' own strategies: base 1, then 1 to 3, of 9 tasks 3 and 6", () => {
    const strategy = [
      { capacityProvider: "a", base: 1, weight: 1 },
      { capacityProvider: "b", weight: 3 },
    ];
    const capacityProviders = ["a", "b"].map((name) => ({ name, instanceTypes: ["m5.large"] }));
    const estimate = ec2(
      request({ web: [9, 100, 500, { capacityProviderStrategy: strategy }] }, { capacityProviders }),
    );
    const tasksOn = (name: string) =>
      estimate.fleet
        ?.filter((row) => row.provider === name)
        .reduce((sum, row) => sum + row.count * (row.tasks[0]?.count ?? 0), 0);

    expect([tasksOn("a"), tasksOn("b")]).toEqual([3, 6]);
  });

  test("of Spot instances is billed at Spot prices", () => {
    const spot = ec2(request(web, { capacityProviders: [{ ...provider, purchaseOption: "spot" }] }));

    expect(spot.charges.map(({ sku }) => sku)).toContain("ec2-spot/linux/m5.large");
  });

  test("knows a custom attribute: stack == prod takes the provider that has it", () => {
    const constrained = {
      launchType: "EC2",
      placementConstraints: [{ type: "memberOf", expression: "attribute:stack == prod" }],
    };
    const capacityProviders = ["test", "prod"].map((stack) => ({
      name: stack,
      instanceTypes: ["m5.large"],
      count: 1,
      attributes: { stack },
    }));
    const estimate = ec2(request({ web: [2, 100, 500, constrained] }, { capacityProviders }));

    expect(estimate.fleet?.filter(({ tasks }) => tasks.length > 0).map((row) => row.provider)).toEqual(["prod"]);
  });
});

describe("what runs already", () => {
  const occupied = [{ instanceType: "m5.large", count: 2, cpu: 1000, memory: 4000 }];

  test("takes tasks first and costs them nothing: 2 of 4 fit, and one more m5.large holds the others", () => {
    const estimate = ec2(request({ web: [4, 1000, 2000] }, { ...large, occupied }));

    expect(rowsOf(estimate)).toEqual(["2 m5.large in zone 0: web 1, running already", "1 m5.large in zone 0: web 2"]);
    expect(estimate.total?.toFixed(2)).toBe("72.48");
    expect([estimate.existing?.instances, estimate.existing?.cost.toFixed(2)]).toEqual([2, "144.96"]);
  });

  test("is left aside by the mix, which says so: 4 tasks take 2 m5.large of their own for $144.96", () => {
    const asked = request({ web: [4, 1000, 2000] }, { ...large, occupied });
    const mixed = optionOf(comparisonOf(asked, virginia), "ec2-mixed");

    expect(mixed.total?.toFixed(2)).toBe("144.96");
    expect(mixed.assumptions.map(({ code }) => code)).toContain("ec2_mixed_own_cluster");
  });

  test("has its host ports taken: a task with port 80 needs an instance of its own", () => {
    const asked = request(
      { web: [1, 10, 100] },
      { ...large, occupied: [{ ...occupied[0], count: 1, hostPorts: [80] }] },
    );
    const definition = {
      family: "web",
      containerDefinitions: [
        { name: "web", cpu: 10, memory: 100, portMappings: [{ containerPort: 80, hostPort: 80 }] },
      ],
    };

    expect(rowsOf(ec2({ ...asked, taskDefinitions: [definition as never] }))).toEqual([
      "1 m5.large in zone 0: nothing, running already",
      "1 m5.large in zone 0: web 1",
    ]);
  });
});

describe("the simplest fleet near the cheapest mix", () => {
  const tasks = { web: [12, 512, 1024], api: [6, 1024, 4096], worker: [9, 256, 2048] } as const;
  const simplest = (simplestWithinPercent: number) => {
    const asked = { ...request(tasks, { simplestWithinPercent }), options: ["ec2-mixed"] };
    const { packing, total } = optionOf(comparisonOf(asked, virginia), "ec2-mixed");
    return { types: packing?.simplest?.instanceTypes.length, over: packing?.simplest?.cost.div(total ?? 1).toNumber() };
  };

  test("is of one type where a fifth more may be paid, and is within it", () => {
    const { types, over } = simplest(20);

    expect(types).toBe(1);
    expect(over).toBeLessThanOrEqual(1.2);
  });

  test("is of more types where hardly more may be paid", () => {
    const { types, over } = simplest(1);

    expect(types).toBeGreaterThan(1);
    expect(over).toBeLessThanOrEqual(1.01);
  });
});
