import { describe, expect, test } from "vitest";
import { codesOf, problemsOf, serviceOf, variable, web, workloadOf } from "./parsed.ts";

const codesOfService = (service: object) =>
  codesOf({
    taskDefinitions: [web],
    services: [{ serviceName: "shop", taskDefinition: "web", desiredCount: 1, ...service }],
  });

describe("services", () => {
  test("CreateService input gives 6 tasks on its launch type, with its placement and tags", () => {
    const read = serviceOf({
      desiredCount: 6,
      launchType: "ec2",
      placementStrategy: [
        { type: "spread", field: "attribute:ecs.availability-zone" },
        { type: "binpack", field: "memory" },
      ],
      placementConstraints: [{ type: "distinctInstance" }],
      networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "ENABLED" } },
      deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 50, strategy: "ROLLING" },
      loadBalancers: [{ targetGroupArn: "arn", containerName: "web", containerPort: 80 }],
      tags: { owner: "shop", "cost-centre": 7 },
      architectures: ["X86_64", "arm64"],
      interruptible: true,
      availabilityZoneRebalancing: "ENABLED",
    });
    expect([read.name, read.tasks, read.launchType, read.loadBalancers.length]).toEqual(["shop", 6, "EC2", 1]);
    expect(read.placementStrategy).toEqual([
      { type: "spread", field: "attribute:ecs.availability-zone" },
      { type: "binpack", field: "memory" },
    ]);
    expect(read.placementConstraints).toEqual([{ type: "distinctInstance", expression: null }]);
    expect([read.assignPublicIp, read.maximumPercent, read.minimumHealthyPercent]).toEqual([true, 150, 50]);
    expect(read.tags).toEqual({ owner: "shop", "cost-centre": "7" });
    expect([read.architectures, read.interruptible]).toEqual([["x86_64", "arm64"], true]);
  });

  test("describe-services output is read with its ARNs, its counts of today ignored", () => {
    const read = workloadOf({
      region: undefined,
      taskDefinitions: [{ ...web, revision: 41 }],
      services: [
        {
          serviceArn: "arn:aws:ecs:eu-central-1:123456789012:service/prod/shop",
          serviceName: "shop",
          clusterArn: "arn:aws:ecs:eu-central-1:123456789012:cluster/prod",
          status: "ACTIVE",
          desiredCount: 4,
          runningCount: 9,
          pendingCount: 3,
          taskDefinition: "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:41",
          capacityProviderStrategy: [
            { capacityProvider: "FARGATE_SPOT", weight: 4, base: 0 },
            { capacityProvider: "FARGATE", weight: 1 },
          ],
          deployments: [{ desiredCount: 99, launchType: "EC2" }],
          events: [{ message: "(service shop) has reached a steady state." }],
          tags: [{ key: "owner", value: "shop" }],
        },
      ],
    });
    expect([read.region, read.services[0]?.tasks, read.services[0]?.taskDefinition.id]).toEqual([
      "eu-central-1",
      4,
      "web:41",
    ]);
    expect(read.services[0]?.capacityProviderStrategy).toEqual([
      { capacityProvider: "FARGATE_SPOT", base: 0, weight: 4 },
      { capacityProvider: "FARGATE", base: 0, weight: 1 },
    ]);
    expect([read.services[0]?.tags, read.assumptions]).toEqual([{ owner: "shop" }, []]);
  });

  test("without desiredCount a service has 1 task, which is an assumption whose effect is the service itself", () => {
    const read = workloadOf({ taskDefinitions: [web], services: [{ serviceName: "shop", taskDefinition: "web" }] });
    expect(read.services[0]?.tasks).toBe(1);
    expect(read.assumptions).toEqual([
      {
        code: "desired_count_assumed",
        text: "shop does not say its desiredCount: a single task is priced.",
        services: ["shop"],
      },
    ]);
  });

  test("a desiredCount of 0 is 0 tasks, not 1", () => {
    expect(serviceOf({ desiredCount: 0 }).tasks).toBe(0);
  });

  test("a daemon needs no desiredCount", () => {
    const read = workloadOf({
      taskDefinitions: [web],
      services: [{ serviceName: "agent", taskDefinition: "web", schedulingStrategy: "DAEMON" }],
    });
    expect([read.services[0]?.daemon, read.services[0]?.tasks, read.assumptions]).toEqual([true, 1, []]);
  });

  test.each([1e308, -1, 1.5, "NaN", "1e3", 1_000_001, [], true])(
    "a desiredCount of %j is a problem",
    (desiredCount) => {
      const [problem] = problemsOf({
        taskDefinitions: [web],
        services: [{ serviceName: "s", taskDefinition: "web", desiredCount }],
      });
      expect(problem?.path).toBe("services[0].desiredCount");
      expect(problem?.message).toContain("must be a whole number of tasks from 0 to 1,000,000");
    },
  );

  test("what a service must not leave out or say twice is a problem each", () => {
    expect(codesOfService({ taskDefinition: "" })).toEqual(["required at services[0].taskDefinition"]);
    expect(
      codesOfService({
        taskDefinition: null,
        launchType: "FARGATE",
        capacityProviderStrategy: [{ capacityProvider: "a" }],
      }),
    ).toEqual(["required at services[0].taskDefinition", "conflicting_values at services[0].launchType"]);
    expect(codesOfService({ launchType: "LAMBDA" })).toEqual(["unknown_value at services[0].launchType"]);
    expect(codesOf({ taskDefinitions: [web], services: ["web"] })).toEqual(["wrong_type at services[0]"]);
  });

  test("empty scaling and load are not there: the service is always on", () => {
    expect(serviceOf({ scaling: {}, load: null }).lifetime).toEqual({ kind: "always" });
  });

  test("the volume that tasks are given at launch is gp3 unless said, of the service's documents or its first deployment's", () => {
    const volumeConfigurations = [{ name: "data", managedEBSVolume: { sizeInGiB: 100, roleArn: "role" } }];
    const volume = { type: "gp3", sizeGiB: 100, iops: null, throughputMiBps: null };
    expect(serviceOf({ volumeConfigurations }).volumeAtLaunch).toEqual(volume);
    expect(serviceOf({ deployments: [{ status: "PRIMARY", volumeConfigurations }] }).volumeAtLaunch).toEqual(volume);
    expect(serviceOf({ volumeConfigurations: [] }).volumeAtLaunch).toBeNull();
  });

  test("a volume without a size, or a second one, is a problem", () => {
    const volume = { name: "data", managedEBSVolume: { sizeInGiB: 100 } };
    expect(codesOfService({ volumeConfigurations: [{ managedEBSVolume: { snapshotId: "snap-1" } }] })).toEqual([
      "required at services[0].volumeConfigurations[0].managedEBSVolume.sizeInGiB",
    ]);
    expect(codesOfService({ volumeConfigurations: [volume, volume] })).toEqual([
      "too_many at services[0].volumeConfigurations",
    ]);
    expect(codesOfService({ volumeConfigurations: [{ managedEBSVolume: { sizeInGiB: "big" } }] })).toEqual([
      "not_a_number at services[0].volumeConfigurations[0].managedEBSVolume.sizeInGiB",
    ]);
  });

  test("tags that reach for the prototype are dropped", () => {
    const service = JSON.parse(
      '{ "tags": { "__proto__": { "polluted": 1 }, "constructor": "x", "owner": "shop" } }',
    ) as object;
    const { tags } = serviceOf(service);
    expect(Object.keys(tags)).toEqual(["constructor", "owner"]);
    expect(Object.getPrototypeOf(tags)).toBe(Object.prototype);
  });
});

describe("capacity provider strategies", () => {
  const strategy = (...items: object[]) => ({ capacityProviderStrategy: items });

  test("base and weight are 0 unless said, and null items are not there", () => {
    const read = serviceOf({
      capacityProviderStrategy: [
        { capacityProvider: "a", base: 2, weight: null },
        null,
        { capacityProvider: "b", weight: "4" },
      ],
    });
    expect(read.capacityProviderStrategy).toEqual([
      { capacityProvider: "a", base: 2, weight: 0 },
      { capacityProvider: "b", base: 0, weight: 4 },
    ]);
  });

  test("a lone provider takes every task, whatever its weight", () => {
    expect(serviceOf(strategy({ capacityProvider: "FARGATE" })).capacityProviderStrategy).toEqual([
      { capacityProvider: "FARGATE", base: 0, weight: 1 },
    ]);
  });

  const path = "services[0].capacityProviderStrategy";
  test.each([
    [
      "no weight above 0",
      strategy({ capacityProvider: "a" }, { capacityProvider: "b", weight: 0 }),
      `no_weight at ${path}`,
    ],
    [
      "two bases",
      strategy({ capacityProvider: "a", base: 1, weight: 1 }, { capacityProvider: "b", base: 1, weight: 1 }),
      `two_bases at ${path}`,
    ],
    [
      "a provider twice",
      strategy({ capacityProvider: "a", weight: 1 }, { capacityProvider: "a", weight: 1 }),
      `duplicate_capacity_provider at ${path}`,
    ],
    [
      "21 providers",
      strategy(...Array.from({ length: 21 }, (_, at) => ({ capacityProvider: `p${at}`, weight: 1 }))),
      `too_many at ${path}`,
    ],
    ["a weight of 1,001", strategy({ capacityProvider: "a", weight: 1001 }), `out_of_range at ${path}[0].weight`],
    ["no provider", strategy({ weight: 1 }), `required at ${path}[0].capacityProvider`],
    [
      "a placeholder",
      strategy({ capacityProvider: variable("PROVIDER"), weight: 1 }),
      `placeholder at ${path}[0].capacityProvider`,
    ],
    ["an object", { capacityProviderStrategy: { capacityProvider: "a" } }, `wrong_type at ${path}`],
    [
      "6 placement strategies",
      { placementStrategy: Array.from({ length: 6 }, () => ({ type: "random" })) },
      "too_many at services[0].placementStrategy",
    ],
    [
      "11 constraints",
      { placementConstraints: Array.from({ length: 11 }, () => ({ type: "distinctInstance" })) },
      "too_many at services[0].placementConstraints",
    ],
  ])("%s is a problem", (_, service, code) => {
    expect(codesOfService(service)).toEqual([code]);
  });
});

describe("runs", () => {
  const runs = (...items: object[]) => ({ taskDefinitions: [web], runs: items });

  test("30 runs of 5 tasks for 600 s are a job of that shape, one run after another", () => {
    const read = workloadOf(
      runs({ taskDefinition: "web", tasks: 5, seconds: 600, times: 30, name: "nightly", interruptible: true }),
    );
    expect(read.services).toHaveLength(1);
    expect(read.services[0]).toMatchObject({
      name: "nightly",
      path: "runs[0]",
      tasks: 5,
      lifetime: { kind: "runs", seconds: 600, times: 30 },
      interruptible: true,
      daemon: false,
    });
    expect(read.assumptions).toEqual([
      {
        code: "runs_one_after_another",
        text: "The 30 runs of nightly follow one another, since no schedule is given.",
        services: [],
      },
    ]);
  });

  test("a run is 1 task, once, called after its task definition unless it says otherwise", () => {
    const read = workloadOf(runs({ taskDefinition: "web", seconds: "60" }));
    expect(read.services[0]).toMatchObject({
      name: "web",
      tasks: 1,
      lifetime: { kind: "runs", seconds: 60, times: 1 },
    });
    expect(read.assumptions).toEqual([]);
  });

  test("a run longer than the period is a problem; 3 runs that do not fit it one after another run side by side", () => {
    expect(codesOf({ ...runs({ taskDefinition: "web", seconds: 7201 }), hours: 2 })).toEqual([
      "run_longer_than_period at runs[0].seconds",
    ]);
    const assumed = (times: number) =>
      workloadOf({ ...runs({ taskDefinition: "web", seconds: 3600, times }), hours: 2 }).assumptions.map(
        ({ text }) => text,
      );
    expect(assumed(2)).toEqual(["The 2 runs of web follow one another, since no schedule is given."]);
    expect(assumed(3)).toEqual([
      "The 3 runs of web follow one another, as few side by side as the period allows, since no schedule is given.",
    ]);
  });

  test("a field that a run does not have is a problem with the nearest that it has", () => {
    expect(problemsOf(runs({ taskDefinition: "web", second: 5, seconds: 5, count: 2 }))).toEqual([
      {
        code: "unknown_field",
        path: "runs[0].second",
        message: "There is no field second here. Did you mean seconds?",
      },
      {
        code: "unknown_field",
        path: "runs[0].count",
        message: expect.stringContaining(
          "There is no field count here. Known here are taskDefinition, tasks, seconds, times",
        ) as string,
      },
    ]);
    expect(codesOf(runs({ taskDefinition: "web", seconds: 5, schedule: "rate(1 day)" }))).toEqual([
      "not_supported_yet at runs[0].schedule",
    ]);
  });

  test.each([
    [{ seconds: 60 }, "required at runs[0].taskDefinition"],
    [{ taskDefinition: "web" }, "required at runs[0].seconds"],
    [{ taskDefinition: "web", seconds: 0 }, "out_of_range at runs[0].seconds"],
    [{ taskDefinition: "web", seconds: 60, tasks: 0 }, "out_of_range at runs[0].tasks"],
    [{ taskDefinition: "web", seconds: 60, times: 1e308 }, "out_of_range at runs[0].times"],
    [{ taskDefinition: "web", seconds: variable("SECONDS") }, "placeholder at runs[0].seconds"],
  ])("%j is a problem", (run, code) => {
    expect(codesOf(runs(run))).toEqual([code]);
  });
});

describe("cluster settings", () => {
  test("everything that can be set", () => {
    const cluster = {
      zones: 2,
      deploymentRoom: "maximum-percent",
      awsvpcTrunking: true,
      reservedMemoryMiB: 256,
      instanceTypes: ["m7i.large", "u-6tb1.56xlarge"],
      excludedInstanceTypes: ["m7i.xlarge"],
      allow: ["burstable", "bare-metal"],
      rootVolume: { volumeType: "io2", sizeInGiB: 100, iops: 5000, throughput: null },
    };
    expect(workloadOf({ taskDefinitions: [web], cluster }).settings).toMatchObject({
      zones: 2,
      deploymentRoom: "maximum-percent",
      awsvpcTrunking: true,
      reservedMemoryMiB: 256,
      instanceTypes: ["m7i.large", "u-6tb1.56xlarge"],
      excludedInstanceTypes: ["m7i.xlarge"],
      allowedKinds: ["burstable", "bare-metal"],
      rootVolume: { type: "io2", sizeGiB: 100, iops: 5000, throughputMiBps: null },
      registeredMemory: "registered",
      taskSizes: "accepted",
    });
  });

  test("zones are a number or names, and requirements are AWS's own words", () => {
    const cluster = {
      zones: ["eu-west-1a", "eu-west-1c"],
      surviveZoneLoss: true,
      targetCapacity: 90,
      instanceRequirements: {
        vCpuCount: { min: 4, max: 16 },
        memoryGiBPerVCpu: { max: 4.5 },
        cpuManufacturers: ["AMD"],
      },
    };
    expect(workloadOf({ taskDefinitions: [web], cluster }).settings).toMatchObject({
      zones: 2,
      zoneNames: ["eu-west-1a", "eu-west-1c"],
      surviveZoneLoss: true,
      targetCapacityPercent: 90,
      requirements: {
        vCpuCount: { min: 4, max: 16 },
        memoryGiBPerVCpu: { min: null, max: 4.5 },
        cpuManufacturers: ["amd"],
        bareMetal: null,
      },
    });
  });

  test("a capacity provider of three to nine instances, and what runs on it, in our words or as AWS describes it", () => {
    const described = {
      containerInstanceArn: "arn:aws:ecs:us-east-1:123456789012:container-instance/shop/0123",
      capacityProviderName: "web",
      runningTasksCount: 2,
      registeredResources: [
        { name: "CPU", type: "INTEGER", integerValue: 2048 },
        { name: "MEMORY", type: "INTEGER", integerValue: 7680 },
        { name: "PORTS", type: "STRINGSET", stringSetValue: ["22", "2375", "2376", "51678", "51679"] },
      ],
      remainingResources: [
        { name: "CPU", type: "INTEGER", integerValue: 1024 },
        { name: "MEMORY", type: "INTEGER", integerValue: 5632 },
        { name: "PORTS", type: "STRINGSET", stringSetValue: ["22", "2375", "2376", "51678", "51679", "80"] },
      ],
      attributes: [
        { name: "ecs.instance-type", value: "m5.large" },
        { name: "ecs.availability-zone", value: "us-east-1b" },
        { name: "ecs.ami-id", value: "ami-1" },
        { name: "stack", value: "prod" },
      ],
    };
    const own = { instanceType: "m5.large", count: 3, cpu: 512, memory: 1024, hostPorts: [80, "udp/53"] };
    const cluster = {
      capacityProviders: [{ name: "web", instanceTypes: ["m5.large"], min: 3, max: 9, attributes: { stack: "prod" } }],
      occupied: [described, own],
    };
    const { capacity } = workloadOf({ taskDefinitions: [web], cluster }).settings;
    expect(capacity?.providers).toMatchObject([
      { name: "web", countMin: 3, countMax: 9, weight: 1, purchaseOption: "on-demand", attributes: { stack: "prod" } },
    ]);
    expect(capacity?.occupied).toMatchObject([
      {
        instanceType: "m5.large",
        count: 1,
        zone: "us-east-1b",
        provider: "web",
        used: { cpu: 1024, memory: 2048, "host-port": 1 },
        exclusive: ["tcp/80"],
        capacity: { cpu: 2048, memory: 7680 },
        runningTasks: 2,
        attributes: { stack: "prod" },
      },
      {
        instanceType: "m5.large",
        count: 3,
        zone: null,
        used: { cpu: 512, memory: 1024 },
        exclusive: ["tcp/80", "udp/53"],
      },
    ]);
  });

  test("an empty cluster sets nothing", () => {
    const without = workloadOf({ taskDefinitions: [web] }).settings;
    expect(workloadOf({ taskDefinitions: [web], cluster: {} }).settings).toEqual(without);
    expect(without).toMatchObject({ zones: null, instanceTypes: null, allowedKinds: [] });
  });

  test("a typo is a problem with the nearest field, in the root volume too", () => {
    const cluster = { zone: 2, rootVolume: { volumeTyp: "gp3", sizeInGiB: 30 }, occupied: [] };
    expect(problemsOf({ taskDefinitions: [web], cluster })).toMatchObject([
      { code: "unknown_field", path: "cluster.zone", message: "There is no field zone here. Did you mean zones?" },
      {
        code: "unknown_field",
        path: "cluster.rootVolume.volumeTyp",
        message: "There is no field volumeTyp here. Did you mean volumeType?",
      },
    ]);
  });

  test.each([
    [{ zones: 7 }, "out_of_range at cluster.zones"],
    [{ zones: 0 }, "out_of_range at cluster.zones"],
    [{ deploymentRoom: "two-tasks" }, "unknown_value at cluster.deploymentRoom"],
    [{ instanceTypes: ["m5.*"] }, "not_an_instance_type at cluster.instanceTypes[0]"],
    [{ instanceTypes: "m5.large" }, "wrong_type at cluster.instanceTypes"],
    [{ allow: ["bursty"] }, "unknown_value at cluster.allow[0]"],
    [{ rootVolume: { volumeType: "gp3" } }, "required at cluster.rootVolume.sizeInGiB"],
    [{ rootVolume: { sizeInGiB: "<SIZE>" } }, "placeholder at cluster.rootVolume.sizeInGiB"],
    [{ zones: ["us-east-1a", "A B"] }, "not_a_zone at cluster.zones"],
    [{ zones: 1, surviveZoneLoss: true }, "conflicting_values at cluster.surviveZoneLoss"],
    [{ targetCapacity: 0 }, "out_of_range at cluster.targetCapacity"],
    [{ instanceRequirements: { vCpus: { min: 2 } } }, "unknown_field at cluster.instanceRequirements.vCpus"],
    [{ instanceRequirements: { bareMetal: "maybe" } }, "unknown_value at cluster.instanceRequirements.bareMetal"],
    [{ capacityProviders: [{ instanceTypes: ["m5.large"] }] }, "required at cluster.capacityProviders[0].name"],
    [{ capacityProviders: [{ name: "a" }] }, "required at cluster.capacityProviders[0].instanceTypes"],
    [
      { capacityProviders: [{ name: "a", instanceTypes: ["m5.large"], count: 3, min: 1 }] },
      "conflicting_values at cluster.capacityProviders[0].count",
    ],
    [
      { capacityProviders: [{ name: "a", instanceTypes: ["m5.large"], min: 4, max: 1 }] },
      "out_of_range at cluster.capacityProviders[0].max",
    ],
    [
      { capacityProviders: [{ name: "a", instanceTypes: ["m5.large"], size: 1 }] },
      "unknown_field at cluster.capacityProviders[0].size",
    ],
    [{ occupied: [{ count: 2 }] }, "required at cluster.occupied[0].instanceType"],
    [{ occupied: [{ instanceType: "m5.large", hostPorts: ["80"] }] }, "not_a_port at cluster.occupied[0].hostPorts[0]"],
    [[], "wrong_type at cluster"],
  ])("%j is a problem", (cluster, code) => {
    expect(codesOf({ taskDefinitions: [web], cluster })).toEqual([code]);
  });
});
