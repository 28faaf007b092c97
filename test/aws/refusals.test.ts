import { describe, expect, test } from "vitest";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../core/comparison-of.ts";

const [book] = await bundledBooks("us-east-1");
const onTask = "taskDefinitions[0]";
const onContainer = "taskDefinitions[0].containerDefinitions[0]";

/** What is changed about a task that Fargate and EC2 take, the code and the path of the refusal, and a word of the way out. */
type Refusal = readonly [change: Change, code: string, path: string, wayOut: string];

interface Change {
  readonly task?: object;
  readonly container?: object;
  readonly service?: object;
}

const fargateRefusals: readonly Refusal[] = [
  [{ task: { networkMode: "bridge" } }, "network_mode_unsupported", `${onTask}.networkMode`, "awsvpc"],
  [{ task: { networkMode: null } }, "network_mode_unsupported", `${onTask}.networkMode`, "awsvpc"],
  [{ task: { pidMode: "host" } }, "pid_mode_unsupported", `${onTask}.pidMode`, "Remove"],
  [{ task: { ipcMode: "task" } }, "ipc_mode_unsupported", `${onTask}.ipcMode`, "Remove"],
  [
    { task: { inferenceAccelerators: [{ deviceName: "a", deviceType: "eia2.medium" }] } },
    ...(["accelerator_unsupported", `${onTask}.inferenceAccelerators`, "Remove"] as const),
  ],
  [
    { task: { placementConstraints: [{ type: "memberOf", expression: "attribute:a == b" }] } },
    ...(["placement_constraint_unsupported", `${onTask}.placementConstraints`, "Remove"] as const),
  ],
  [{ container: { privileged: true } }, "privileged_unsupported", `${onContainer}.privileged`, "run on EC2"],
  [
    { container: { resourceRequirements: [{ type: "GPU", value: "1" }] } },
    ...(["gpu_unsupported", `${onContainer}.resourceRequirements`, "Run it on EC2"] as const),
  ],
  [{ container: { links: ["db"] } }, "links_unsupported", `${onContainer}.links`, "localhost"],
  [
    { container: { logConfiguration: { logDriver: "json-file" } } },
    ...(["log_driver_unsupported", `${onContainer}.logConfiguration.logDriver`, "Choose"] as const),
  ],
  [
    { container: { linuxParameters: { sharedMemorySize: 64 } } },
    ...(["linux_parameters_unsupported", `${onContainer}.linuxParameters`, "Remove"] as const),
  ],
  [
    { container: { dockerSecurityOptions: ["no-new-privileges"] } },
    ...(["security_options_unsupported", `${onContainer}.dockerSecurityOptions`, "Remove"] as const),
  ],
  [{ container: { stopTimeout: 121 } }, "stop_timeout_too_long", `${onContainer}.stopTimeout`, "Shorten"],
  [
    { task: { volumes: [{ name: "data", host: { sourcePath: "/data" } }] } },
    ...(["volume_unsupported", `${onTask}.volumes`, "Use EFS"] as const),
  ],
  [
    { task: { volumes: [{ name: "data", dockerVolumeConfiguration: { scope: "shared" } }] } },
    ...(["volume_unsupported", `${onTask}.volumes`, "Use EFS"] as const),
  ],
  [
    { task: { ephemeralStorage: { sizeInGiB: 20 } } },
    ...(["ephemeral_storage_size", `${onTask}.ephemeralStorage.sizeInGiB`, "Leave it out"] as const),
  ],
  [
    { task: { ephemeralStorage: { sizeInGiB: 201 } } },
    ...(["ephemeral_storage_size", `${onTask}.ephemeralStorage.sizeInGiB`, "21 to 200"] as const),
  ],
  [{ service: { schedulingStrategy: "DAEMON" } }, "daemon_unsupported", "services[0].schedulingStrategy", "REPLICA"],
  [
    { service: { placementConstraints: [{ type: "distinctInstance" }] } },
    ...(["placement_unsupported", "services[0].placementConstraints", "Remove"] as const),
  ],
  [
    { service: { placementStrategy: [{ type: "binpack", field: "cpu" }] } },
    ...(["placement_unsupported", "services[0].placementStrategy", "Remove"] as const),
  ],
  [
    { task: { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE", cpuArchitecture: "ARM64" } } },
    ...(["architecture_unsupported", `${onTask}.runtimePlatform.cpuArchitecture`, "X86_64"] as const),
  ],
  [
    { task: windows(), container: { ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 1 }] } },
    ...(["ulimits_unsupported", `${onContainer}.ulimits`, "Remove"] as const),
  ],
];

const ec2Refusals: readonly Refusal[] = [
  [
    { task: windows() },
    "windows_price_missing",
    `${onTask}.runtimePlatform.operatingSystemFamily`,
    "Compare it on Fargate",
  ],
  [{ task: { cpu: "64" } }, "task_cpu_out_of_range", `${onTask}.cpu`, "128 to 196608"],
  [{ task: { memory: null } }, "container_memory_missing", `${onContainer}.memory`, "at least one"],
  [
    { task: { networkMode: "bridge" }, container: { portMappings: [port(80, 8080), port(81, 8080)] } },
    ...(["host_port_twice", `${onTask}.containerDefinitions`, "Leave hostPort out"] as const),
  ],
  [
    { task: { networkMode: "bridge" }, container: { portMappings: [port(22, 22)] } },
    ...(["host_port_reserved", `${onTask}.containerDefinitions`, "Choose another"] as const),
  ],
  [
    {
      task: { networkMode: "bridge" },
      container: { portMappings: Array.from({ length: 96 }, (_, at) => port(at + 1, at + 3000)) },
    },
    ...(["host_ports_too_many", `${onTask}.containerDefinitions`, "dynamic ports"] as const),
  ],
  [
    { service: { placementConstraints: [{ type: "memberOf", expression: "attribute:stack == prod" }] } },
    ...(["placement_constraint_unknowable", "services[0].placementConstraints", "cluster.capacityProviders"] as const),
  ],
];

const refusalsAnywhere: readonly Refusal[] = [
  [{ container: { essential: false } }, "no_essential_container", `${onTask}.containerDefinitions`, "at least one"],
  [{ container: { memory: 1025 } }, "container_memory_over_task", `${onContainer}.memory`, "Raise"],
  [
    { container: { memory: 100, memoryReservation: 200 } },
    ...(["reservation_over_limit", `${onContainer}.memoryReservation`, "more than its limit"] as const),
  ],
  [{ container: { cpu: 513 } }, "container_cpu_over_task", `${onTask}.cpu`, "Raise the task's cpu"],
  [
    { container: { memoryReservation: 1025 } },
    "container_memory_over_task",
    `${onTask}.memory`,
    "Raise the task's memory",
  ],
  [
    { container: { portMappings: [port(80, 8080)] } },
    "host_port_differs",
    `${onContainer}.portMappings`,
    "Leave hostPort out",
  ],
  [
    { task: { networkMode: "host" }, container: { portMappings: [port(80, 8080)] } },
    ...(["host_port_differs", `${onContainer}.portMappings`, "Leave hostPort out"] as const),
  ],
  [
    { task: { networkMode: "none" }, container: { portMappings: [port(80, 0)] } },
    ...(["ports_without_network", `${onContainer}.portMappings`, "Remove"] as const),
  ],
];

describe.each([
  ["fargate", [...fargateRefusals, ...refusalsAnywhere]],
  ["fargate-spot", [...fargateRefusals, ...refusalsAnywhere]],
  ["ec2", [...ec2Refusals, ...refusalsAnywhere]],
  ["ec2-spot", [...ec2Refusals, ...refusalsAnywhere]],
] as const)("%s", (id, refusals) => {
  test("takes a plain task without a problem", () => {
    expect(problemsOf({}, id)).toEqual([]);
  });

  test.each(refusals.map((row) => [row] as const))("refuses %j", ([change, code, path, wayOut]) => {
    const found = problemsOf(change, id).filter((problem) => problem.code === code);

    expect(found.map((problem) => problem.path)).toEqual([path]);
    expect(found[0]?.message).toContain(wayOut);
  });

  test("has no two refusals with the same code and path for one fault", () => {
    const twice = refusals.filter(([change]) => {
      // Prices have no place in the documents.
      const inDocuments = problemsOf(change, id).filter(({ path }) => path !== "");
      const found = inDocuments.map(({ code, path }) => `${code} ${path}`);
      return new Set(found).size < found.length;
    });

    expect(twice).toEqual([]);
  });
});

describe("what one launch type refuses the other takes:", () => {
  test.each(fargateRefusals.filter(([change]) => isForInstances(change)).map((row) => [row] as const))(
    "EC2 %j",
    ([change]) => {
      expect(problemsOf(change, "ec2")).toEqual([]);
    },
  );

  test.each([
    { container: { logConfiguration: { logDriver: "awsfirelens" } } },
    { container: { stopTimeout: 120 } },
    { container: { linuxParameters: { initProcessEnabled: true } } },
    { container: { ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 1 }] } },
    { task: { pidMode: "task" } },
    { task: { ephemeralStorage: { sizeInGiB: 21 } } },
    { task: { volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } }, { name: "scratch" }] } },
    { task: { cpu: "256", memory: "512" } },
  ])("Fargate %j", (change) => {
    expect(problemsOf(change, "fargate")).toEqual([]);
  });
});

describe("an execution role", () => {
  test.each([
    ["ECR images", { image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1" }, ["fargate", "fargate-spot"]],
    ["the awslogs driver", { logConfiguration: { logDriver: "awslogs" } }, ["fargate", "fargate-spot"]],
    ["secrets", { secrets: [{ name: "A", valueFrom: "a" }] }, ["fargate", "fargate-spot", "ec2", "ec2-spot"]],
  ])("is wanted for %s, at its field, and stops no option, since it costs nothing", (why, container, launchTypes) => {
    const comparison = comparisonOf(requestOf({ container }), book);
    const wanting = comparison.readiness.filter(({ problems }) =>
      problems.some(({ code }) => code === "execution_role_missing"),
    );

    expect(wanting.map(({ launchType }) => launchType)).toEqual(launchTypes);
    expect(wanting[0]?.problems).toEqual([
      { code: "execution_role_missing", path: `${onTask}.executionRoleArn`, message: expect.stringContaining(why) },
    ]);
    expect(comparison.options.filter(({ total }) => total === null)).toEqual([]);
  });

  test("that is there is not asked for", () => {
    const container = { logConfiguration: { logDriver: "awslogs" } };
    const { readiness } = comparisonOf(
      requestOf({ container, task: { executionRoleArn: "arn:aws:iam::1:role/r" } }),
      book,
    );

    expect(readiness.every(({ accepted }) => accepted)).toBe(true);
  });
});

function windows() {
  return { cpu: "1024", memory: "2048", runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
}

function port(containerPort: number, hostPort: number) {
  return { containerPort, hostPort };
}

/** A service of one task of 0.5 vCPU and 1 GB in awsvpc mode, with the change. */
function requestOf({ task, container, service }: Change) {
  const plain = { cpu: "512", memory: "1024", networkMode: "awsvpc", runtimePlatform: { cpuArchitecture: "X86_64" } };
  const containerDefinitions = [{ name: "web", image: "nginx", ...container }];
  return {
    region: "us-east-1",
    taskDefinitions: [{ family: "web", ...plain, containerDefinitions, ...task }],
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 1, ...service }],
  };
}

function problemsOf(change: Change, option: string) {
  return optionOf(comparisonOf({ ...requestOf(change), options: [option] }, book), option).problems;
}

/** Not Windows, accelerators or what EC2 turns down for reasons of its own. */
function isForInstances({ task, service }: Change): boolean {
  const told = JSON.stringify([task, service]);
  return !/WINDOWS|memberOf|DAEMON/.test(told);
}
