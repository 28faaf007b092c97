import fc from "fast-check";

const cpuUnits = fc.constantFrom(0, 64, 128, 256, 300, 512, 1000, 1024, 2048);
const memoryMiB = fc.constantFrom(64, 128, 256, 500, 512, 1024, 2048, 3000, 4096, 8192);

const container = fc
  .record({
    cpu: cpuUnits,
    memory: memoryMiB,
    soft: fc.constantFrom(null, 32, 64),
    hostPort: fc.constantFrom(null, null, 0, 8080),
  })
  .map(({ cpu, memory, soft, hostPort }) => ({ cpu, memory, memoryReservation: soft, hostPort }));

/** In every network mode, with task-level sizes or the containers' own, above what the containers add up to; now and then with a GPU. */
const taskDefinition = fc
  .record({
    networkMode: fc.constantFrom("awsvpc", "awsvpc", "awsvpc", "bridge", "host", null),
    spareCpu: fc.option(cpuUnits, { nil: null }),
    spareMemory: fc.option(memoryMiB, { nil: null }),
    storage: fc.constantFrom(null, null, 21, 50, 200),
    architecture: fc.constantFrom("X86_64", "X86_64", "ARM64", null),
    gpu: rarely("1", null),
    containers: fc.array(container, { minLength: 1, maxLength: 3 }),
  })
  .map(({ containers, spareCpu, spareMemory, storage, architecture, gpu, networkMode }) => {
    const hasOwnPorts = networkMode === "bridge" || networkMode === null;
    return {
      networkMode,
      cpu: spareCpu === null ? null : String(128 + spareCpu + sumOf(containers.map(({ cpu }) => cpu))),
      memory: spareMemory === null ? null : String(spareMemory + sumOf(containers.map(({ memory }) => memory))),
      ephemeralStorage: storage === null ? null : { sizeInGiB: storage },
      runtimePlatform: architecture === null ? null : { cpuArchitecture: architecture },
      containerDefinitions: containers.map(({ hostPort, ...sizes }, at) => ({
        name: `container-${at}`,
        ...sizes,
        portMappings: [{ containerPort: 8080 + at, hostPort: hasOwnPorts ? hostPort && hostPort + at : null }],
        resourceRequirements: gpu === null || at > 0 ? null : [{ type: "GPU", value: gpu }],
      })),
    };
  });

/** Once in ten. */
function rarely<Odd, Usual>(odd: Odd, usual: Usual) {
  return fc.oneof({ arbitrary: fc.constant(odd), weight: 1 }, { arbitrary: fc.constant(usual), weight: 9 });
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

const service = fc.record({
  desiredCount: fc.oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 8, max: 60 })),
  schedulingStrategy: rarely("DAEMON", "REPLICA"),
  placementConstraints: rarely([{ type: "distinctInstance" }], []),
  deploymentConfiguration: fc.constantFrom(null, { minimumHealthyPercent: 50 }, { maximumPercent: 150 }),
  architectures: fc.constantFrom(null, null, ["X86_64", "ARM64"]),
  interruptible: fc.boolean(),
  launchType: fc.constantFrom(null, "EC2", "FARGATE"),
});

const run = fc.record({
  tasks: fc.integer({ min: 1, max: 12 }),
  seconds: fc.constantFrom(20, 59, 60, 61, 3600, 40_000),
  times: fc.integer({ min: 1, max: 30 }),
});

/** Four ways to set a cluster, not all: hosts are priced anew for each, which takes longer than all else. */
const cluster = fc.constantFrom(
  null,
  { zones: 1, deploymentRoom: "none", awsvpcTrunking: true },
  { zones: 2, deploymentRoom: "maximum-percent", reservedMemoryMiB: 256 },
  { zones: 3, deploymentRoom: "one-task", allow: ["burstable", "flex", "previous-generation"] },
);

/** Regions of the bundled price book with ever fewer prices: without storage or Windows, and without ARM on Spot. */
export const randomRegions = ["us-east-1", "eu-west-1", "ap-south-1"] as const;

/** One to four services, perhaps a run, each of a task definition of its own, on a cluster set one way or the other. */
export const randomRequest = fc
  .record({
    services: fc.array(fc.tuple(taskDefinition, service), { minLength: 1, maxLength: 4 }),
    runs: fc.array(fc.tuple(taskDefinition, run), { maxLength: 1 }),
    cluster,
    region: fc.constantFrom(...randomRegions),
  })
  .map(({ services, runs, cluster: settings, region }) => ({
    region,
    taskDefinitions: [
      ...services.map(([definition], at) => ({ family: `service-${at}`, ...definition })),
      ...runs.map(([definition], at) => ({ family: `run-${at}`, ...definition })),
    ],
    services: services.map(([, fields], at) => ({
      serviceName: `service-${at}`,
      taskDefinition: `service-${at}`,
      ...fields,
    })),
    runs: runs.map(([, fields], at) => ({ name: `run-${at}`, taskDefinition: `run-${at}`, ...fields })),
    cluster: settings,
  }));

export type RandomRequest = typeof randomRequest extends fc.Arbitrary<infer Request> ? Request : never;
