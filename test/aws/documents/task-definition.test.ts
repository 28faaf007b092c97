import { describe, expect, test } from "vitest";
import { codesOf, containerOf, definitionOf, problemsOf, variable, web, workloadOf } from "./parsed.ts";

describe("sizes of a task", () => {
  test.each([
    ["1024", 1024],
    [1024, 1024],
    [" 256 ", 256],
    ["1 vCPU", 1024],
    ["1vcpu", 1024],
    [".25 vCPU", 256],
    ["0.5 VCPU", 512],
    ["32 vCPU", 32_768],
    ["0", null],
    [0, null],
    ["", null],
    [null, null],
    [undefined, null],
  ])("cpu %j is %j CPU units", (cpu, units) => {
    expect(definitionOf({ ...web, cpu }).cpuUnits).toBe(units);
  });

  test.each([
    ["2048", 2048],
    [512, 512],
    ["2 GB", 2048],
    ["0.5GB", 512],
    ["1gb", 1024],
    ["1.5 GB", 1536],
    ["1024 MiB", 1024],
    ["2 GiB", 2048],
    ["", null],
    [null, null],
  ])("memory %j is %j MiB", (memory, mib) => {
    expect(definitionOf({ ...web, memory }).memoryMiB).toBe(mib);
  });

  test.each([
    ["1e308", "not_a_size"],
    [1e308, "out_of_range"],
    [Number.POSITIVE_INFINITY, "out_of_range"],
    [-256, "out_of_range"],
    ["-256", "out_of_range"],
    ["NaN", "not_a_size"],
    ["0.3 vCPU", "not_whole"],
    ["0.5", "not_whole"],
    [0.5, "not_whole"],
    ["1 GB", "not_a_size"],
    ["9".repeat(400), "out_of_range"],
    [{}, "wrong_type"],
    [[], "wrong_type"],
    [true, "wrong_type"],
    [variable("TASK_CPU"), "placeholder"],
    ["{{ cpu }}", "placeholder"],
    ["<CPU>", "placeholder"],
    ["TASK_CPU", "placeholder"],
    ["$CPU", "placeholder"],
  ])("cpu %j is a problem: %s", (cpu, code) => {
    expect(codesOf({ taskDefinitions: [{ ...web, cpu }] })).toEqual([`${code} at taskDefinitions[0].cpu`]);
  });

  test("a container's sizes may be numbers or text; 0 is how describe output prints one that is not set", () => {
    const read = containerOf({ cpu: "256", memory: 512, memoryReservation: 0 });
    expect([read.cpuUnits, read.memoryMiB, read.memoryReservationMiB]).toEqual([256, 512, null]);
  });

  test("a file with no CPU or memory anywhere is read: what that means is for each launch type to say", () => {
    const read = definitionOf({ ...web, requiresCompatibilities: ["FARGATE"], cpu: null, memory: "" });
    expect([read.cpuUnits, read.memoryMiB, read.containers[0]?.memoryMiB, read.compatibilities]).toEqual([
      null,
      null,
      null,
      ["FARGATE"],
    ]);
  });

  test("an EC2 definition with memory only is read", () => {
    const read = containerOf({ memory: 300 });
    expect([read.cpuUnits, read.memoryMiB]).toEqual([null, 300]);
  });
});

describe("forms of a task definition", () => {
  test("describe output is read as its input was, with the revision in its name", () => {
    const described = {
      taskDefinition: {
        ...web,
        taskDefinitionArn: "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7",
        revision: 7,
        status: "ACTIVE",
        requiresAttributes: [{ name: "com.amazonaws.ecs.capability.docker-remote-api.1.18" }],
        compatibilities: ["EC2", "FARGATE"],
        registeredAt: 1700000000.123,
        registeredBy: "arn:aws:iam::123456789012:user/someone",
      },
      tags: [{ key: "a", value: "b" }],
    };
    const read = definitionOf(described);
    expect([read.id, read.family, read.revision, read.path]).toEqual([
      "web:7",
      "web",
      7,
      "taskDefinitions[0].taskDefinition",
    ]);
    expect(read.containers[0]?.path).toBe("taskDefinitions[0].taskDefinition.containerDefinitions[0]");
    expect(read.compatibilities).toEqual([]);
  });

  test("revision alone, or only in the ARN, is the revision", () => {
    expect(definitionOf({ ...web, revision: 3 }).id).toBe("web:3");
    const arn = "arn:aws:ecs:REGION:ACCOUNT_ID:task-definition/api:12";
    expect(definitionOf({ ...web, family: undefined, taskDefinitionArn: arn }).id).toBe("api:12");
    expect(definitionOf({ ...web, revision: null }).id).toBe("web");
  });

  test("placeholders in image, ARNs and family do no harm", () => {
    const read = definitionOf({
      family: variable("FAMILY"),
      executionRoleArn: "arn:aws:iam::<ACCOUNT_ID>:role/{{role}}",
      taskRoleArn: "ecsTaskExecutionRole",
      containerDefinitions: [
        {
          name: "web",
          image: "<IMAGE1_NAME>",
          memory: 128,
          logConfiguration: { logDriver: "awslogs", options: { "awslogs-region": "REGION" } },
          secrets: [
            {
              name: "DB",
              valueFrom: `arn:aws:secretsmanager:${variable("AWS::Region")}:${variable("AWS::AccountId")}:secret:db`,
            },
          ],
        },
      ],
    });
    expect([read.family, read.containers[0]?.image, read.hasExecutionRole]).toEqual([
      variable("FAMILY"),
      "<IMAGE1_NAME>",
      true,
    ]);
    expect(read.containers[0]?.secrets[0]?.kind).toBe("secrets-manager");
  });

  test("placeholders where the cost depends on them are problems by name, every one of them", () => {
    const definition = {
      family: "web",
      cpu: variable("CPU"),
      memory: "{{MEMORY}}",
      networkMode: "<MODE>",
      ephemeralStorage: { sizeInGiB: "DISK_SIZE" },
      runtimePlatform: { cpuArchitecture: "$ARCH", operatingSystemFamily: "OS_FAMILY" },
      containerDefinitions: [
        {
          name: "web",
          cpu: "<CPU>",
          memory: "%MEM%",
          portMappings: [{ containerPort: variable("PORT"), hostPort: "HOST_PORT" }],
        },
      ],
    };
    const codes = codesOf({
      taskDefinitions: [definition],
      services: [{ serviceName: "web", taskDefinition: "web", desiredCount: variable("COUNT") }],
    });
    expect(codes).toEqual(
      [
        "taskDefinitions[0].cpu",
        "taskDefinitions[0].memory",
        "taskDefinitions[0].containerDefinitions[0].cpu",
        "taskDefinitions[0].containerDefinitions[0].memory",
        "taskDefinitions[0].containerDefinitions[0].portMappings[0].containerPort",
        "taskDefinitions[0].containerDefinitions[0].portMappings[0].hostPort",
        "taskDefinitions[0].networkMode",
        "taskDefinitions[0].runtimePlatform.operatingSystemFamily",
        "taskDefinitions[0].runtimePlatform.cpuArchitecture",
        "taskDefinitions[0].ephemeralStorage.sizeInGiB",
        "services[0].desiredCount",
      ].map((path) => `placeholder at ${path}`),
    );
  });

  test("null and empty text where an object, a list, a number or a flag belongs are as good as absent", () => {
    const plain = definitionOf({ family: "web", containerDefinitions: [{ name: "web" }] });
    for (const nothing of [null, ""]) {
      const container = Object.fromEntries(containerFields.map((name) => [name, nothing]));
      const definition = Object.fromEntries(definitionFields.map((name) => [name, nothing]));
      const read = definitionOf({
        ...definition,
        family: "web",
        containerDefinitions: [{ ...container, name: "web" }, null],
      });
      expect(read).toEqual(plain);
    }
  });

  test("a bare list of container definitions is a task definition called after its first container, which is an assumption", () => {
    const containers = [
      { name: "app", image: "app", memory: 64 },
      { name: "side", image: "side", memory: 32, cpu: 10 },
    ];
    const read = workloadOf({ taskDefinitions: [containers] });
    expect(read.taskDefinitions[0]?.id).toBe("app");
    expect(read.taskDefinitions[0]?.containers.map((container) => [container.path, container.memoryMiB])).toEqual([
      ["taskDefinitions[0][0]", 64],
      ["taskDefinitions[0][1]", 32],
    ]);
    expect(read.assumptions.map((assumption) => assumption.code)).toEqual(["family_assumed", "service_assumed"]);
    expect(codesOf({ taskDefinitions: [[{ name: "app", image: "app", memory: "<MEM>" }]] })).toEqual([
      "placeholder at taskDefinitions[0][0].memory",
    ]);
  });

  test("two bare lists with a first container of the same name are two task definitions", () => {
    const list = (memory: number) => [{ name: "app", image: "app", memory }];
    const read = workloadOf({ taskDefinitions: [{ ...web, family: "app" }, list(64), list(128)] });
    expect(read.taskDefinitions.map((definition) => definition.id)).toEqual(["app", "app-2", "app-3"]);
  });

  test("the form that the command line prints is refused whole, with one problem", () => {
    const skeleton = {
      family: "",
      taskRoleArn: "",
      networkMode: "awsvpc",
      containerDefinitions: [
        {
          name: "",
          image: "",
          cpu: 0,
          memory: 0,
          portMappings: [{ containerPort: 0, hostPort: 0, protocol: "udp" }],
          command: [""],
        },
      ],
      volumes: [
        { name: "", host: { sourcePath: "" }, configuredAtLaunch: true, dockerVolumeConfiguration: { scope: "task" } },
      ],
      cpu: "",
      memory: "",
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "WINDOWS_SERVER_2022_FULL" },
    };
    expect(codesOf({ taskDefinitions: [skeleton] })).toEqual(["cli_skeleton at taskDefinitions[0]"]);
    const service = { cluster: "", serviceName: "", taskDefinition: "", desiredCount: 0, launchType: "FARGATE" };
    expect(codesOf({ taskDefinitions: [web], services: [service] })).toEqual(["cli_skeleton at services[0]"]);
  });

  test("without containers, or with something that is no task definition, there is one problem each", () => {
    expect(codesOf({ taskDefinitions: [{ family: "web" }, "web:41", 7, true] })).toEqual([
      "no_containers at taskDefinitions[0].containerDefinitions",
      "wrong_type at taskDefinitions[1]",
      "wrong_type at taskDefinitions[2]",
      "wrong_type at taskDefinitions[3]",
    ]);
  });

  test("wrong types are problems at their places, all of them", () => {
    const definition = {
      family: 5,
      runtimePlatform: "LINUX",
      volumes: {},
      containerDefinitions: [{ name: "web", portMappings: [80], privileged: "yes", essential: 1 }, "web"],
    };
    expect(problemsOf({ taskDefinitions: [definition] })).toEqual([
      { code: "wrong_type", path: "taskDefinitions[0].family", message: "family must be text, not a number." },
      {
        code: "wrong_type",
        path: "taskDefinitions[0].containerDefinitions[0].essential",
        message: "essential must be true or false, not a number.",
      },
      {
        code: "wrong_type",
        path: "taskDefinitions[0].containerDefinitions[0].portMappings[0]",
        message: "An item of portMappings must be an object.",
      },
      {
        code: "wrong_type",
        path: "taskDefinitions[0].containerDefinitions[0].privileged",
        message: "privileged must be true or false, not text.",
      },
      {
        code: "wrong_type",
        path: "taskDefinitions[0].containerDefinitions[1]",
        message: "An item of containerDefinitions must be an object.",
      },
      { code: "wrong_type", path: "taskDefinitions[0].runtimePlatform", message: "runtimePlatform must be an object." },
      { code: "wrong_type", path: "taskDefinitions[0].volumes", message: "volumes must be a list." },
    ]);
  });
});

describe("what survives of a task definition", () => {
  test("the platform: Linux on x86_64 unless said otherwise, and whether it was said", () => {
    const bare = definitionOf(web);
    expect([bare.operatingSystem, bare.architecture, bare.architectureStated]).toEqual(["linux", "x86_64", false]);
    const stated = definitionOf({
      ...web,
      runtimePlatform: { operatingSystemFamily: "windows_server_2022_core", cpuArchitecture: "x86_64" },
    });
    expect([stated.operatingSystem, stated.operatingSystemFamily]).toEqual(["windows", "WINDOWS_SERVER_2022_CORE"]);
    expect(stated.architectureStated).toBe(true);
    expect(definitionOf({ ...web, runtimePlatform: { cpuArchitecture: "ARM64" } }).architecture).toBe("arm64");
    expect(codesOf({ taskDefinitions: [{ ...web, runtimePlatform: { operatingSystemFamily: "macOS" } }] })).toEqual([
      "unknown_value at taskDefinitions[0].runtimePlatform.operatingSystemFamily",
    ]);
  });

  test("the network mode, in lower case; <default> is Windows' own word and no placeholder", () => {
    expect(definitionOf({ ...web, networkMode: "AwsVpc" }).networkMode).toBe("awsvpc");
    expect(definitionOf({ ...web, networkMode: "<default>" }).networkMode).toBe("default");
    expect(codesOf({ taskDefinitions: [{ ...web, networkMode: "brigde" }] })).toEqual([
      "unknown_value at taskDefinitions[0].networkMode",
    ]);
  });

  test("each kind of volume", () => {
    const volumes = [
      { name: "scratch" },
      { name: "empty-host", host: {} },
      { name: "logs", host: { sourcePath: "/var/log" } },
      { name: "docker", dockerVolumeConfiguration: { scope: "task" } },
      { name: "efs", efsVolumeConfiguration: { fileSystemId: "fs-1" }, host: {} },
      { name: "fsx", fsxWindowsFileServerVolumeConfiguration: { fileSystemId: "fs-2" } },
      { name: "s3", s3filesVolumeConfiguration: { fileSystemArn: "arn" } },
      { name: "ebs", configuredAtLaunch: true },
      null,
    ];
    expect(definitionOf({ ...web, volumes }).volumes.map((volume) => volume.kind)).toEqual([
      "bind",
      "bind",
      "host",
      "docker",
      "efs",
      "fsx-windows",
      "s3-files",
      "configured-at-launch",
    ]);
    const two = { name: "x", efsVolumeConfiguration: { fileSystemId: "fs-1" }, host: { sourcePath: "/x" } };
    expect(codesOf({ taskDefinitions: [{ ...web, volumes: [two] }] })).toEqual([
      "conflicting_values at taskDefinitions[0].volumes[0]",
    ]);
  });

  test("ports, with tcp unless said otherwise", () => {
    const portMappings = [
      { containerPort: 80 },
      { containerPort: "53", hostPort: 0, protocol: "UDP" },
      { containerPortRange: "90-95" },
    ];
    expect(containerOf({ portMappings }).portMappings).toEqual([
      { containerPort: 80, hostPort: null, protocol: "tcp" },
      { containerPort: 53, hostPort: 0, protocol: "udp" },
      { containerPort: null, hostPort: null, protocol: "tcp" },
    ]);
    expect(
      codesOf({ taskDefinitions: [{ ...web, containerDefinitions: [{ portMappings: [{ hostPort: 70_000 }] }] }] }),
    ).toEqual(["out_of_range at taskDefinitions[0].containerDefinitions[0].portMappings[0].hostPort"]);
  });

  test("GPUs are added up; a Neuron device is refused by name, since nothing here can place it", () => {
    const gpu = (value: unknown) => ({ type: "GPU", value });
    expect(
      containerOf({ resourceRequirements: [gpu("2"), gpu(1), { type: "InferenceAccelerator", value: "device_1" }] })
        .gpus,
    ).toBe(3);
    const path = "taskDefinitions[0].containerDefinitions[0].resourceRequirements[0]";
    const withRequirement = (requirement: object) => ({
      taskDefinitions: [{ ...web, containerDefinitions: [{ name: "web", resourceRequirements: [requirement] }] }],
    });
    expect(codesOf(withRequirement(gpu("<N>")))).toEqual([`placeholder at ${path}.value`]);
    expect(codesOf(withRequirement({ type: "NeuronDevice", value: "1" }))).toEqual([
      `not_supported_yet at ${path}.type`,
    ]);
  });

  test("Linux parameters in use, by name", () => {
    const linuxParameters = {
      initProcessEnabled: true,
      devices: [{ hostPath: "/dev/x" }],
      sharedMemorySize: 0,
      maxSwap: 0,
      tmpfs: [],
    };
    expect(containerOf({ linuxParameters }).linuxParameters).toEqual(["devices", "maxSwap"]);
  });

  test("secrets count once each: JSON keys and stages choose parts of one, and bare names are parameters", () => {
    const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf";
    const secrets = [
      { name: "USER", valueFrom: `${arn}:username::` },
      { name: "PASSWORD", valueFrom: `${arn}:password:AWSCURRENT:` },
      { name: "TOKEN", valueFrom: "/shop/token" },
      { name: "TOKEN_AGAIN", valueFrom: "/shop/token" },
      { name: "SSM", valueFrom: "arn:aws:ssm:us-east-1:123456789012:parameter/shop/key" },
      { name: "MISTAKEN", value: "plain text" },
    ];
    const read = containerOf({
      secrets,
      logConfiguration: { logDriver: "splunk", secretOptions: [{ name: "splunk-token", valueFrom: "splunk" }] },
      repositoryCredentials: { credentialsParameter: "docker-hub" },
      environment: [{ name: "NOT_READ", valueFrom: "arn:aws:ssm:us-east-1:123456789012:parameter/other" }],
    });
    expect(read.secrets.map((secret) => secret.kind)).toEqual([
      "secrets-manager",
      ...["parameter-store", "parameter-store", "parameter-store", "parameter-store"],
      "secrets-manager",
    ]);
    expect(read.secrets.every((secret) => /^[0-9a-f]{64}$/.test(secret.hash))).toBe(true);
    // SHA-256 of the ARN up to the secret's name, so that another tool can tell which it is.
    expect(read.secrets[0]?.hash).toBe("bd3f99defcfa071962aa605e96b984d0b6ac59ee3c4447d76cadf4b524637202");
  });

  test("roles, roles' bare names, accelerators, constraints and the rest", () => {
    const read = definitionOf({
      ...web,
      executionRoleArn: "ecsTaskExecutionRole",
      inferenceAccelerators: [{ deviceName: "device_1", deviceType: "eia1.medium" }],
      placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.instance-type =~ g4dn.*" }],
      pidMode: "host",
      ipcMode: "none",
      ephemeralStorage: { sizeInGiB: 100 },
      requiresCompatibilities: ["ec2", "EXTERNAL"],
    });
    expect([read.hasExecutionRole, read.inferenceAccelerators, read.pidMode, read.ipcMode]).toEqual([
      true,
      1,
      "host",
      "none",
    ]);
    expect([read.ephemeralStorageGiB, read.compatibilities]).toEqual([100, ["EC2", "EXTERNAL"]]);
    expect(read.placementConstraints).toEqual([
      { type: "memberOf", expression: "attribute:ecs.instance-type =~ g4dn.*" },
    ]);
  });

  test("the driver of the logs, what a container links to, its limits, and how long it takes to stop", () => {
    const read = containerOf({
      essential: false,
      privileged: "true",
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "x" } },
      links: ["db"],
      ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2 }],
      dockerSecurityOptions: [],
      environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/x.env" }],
      stopTimeout: 120,
    });
    expect([read.essential, read.privileged, read.logDriver, read.links]).toEqual([false, true, "awslogs", 1]);
    expect([read.hasUlimits, read.dockerSecurityOptions, read.environmentFiles, read.stopTimeoutSeconds]).toEqual([
      true,
      false,
      1,
      120,
    ]);
  });
});

const containerFields = [
  ...["image", "essential", "cpu", "memory", "memoryReservation", "resourceRequirements", "portMappings", "privileged"],
  ...[
    "logConfiguration",
    "secrets",
    "repositoryCredentials",
    "environmentFiles",
    "links",
    "linuxParameters",
    "ulimits",
  ],
  ...["dockerSecurityOptions", "stopTimeout", "environment", "command", "dockerLabels", "healthCheck"],
];

const definitionFields = [
  ...[
    "cpu",
    "memory",
    "networkMode",
    "runtimePlatform",
    "ephemeralStorage",
    "volumes",
    "requiresCompatibilities",
    "pidMode",
  ],
  ...[
    "ipcMode",
    "executionRoleArn",
    "taskRoleArn",
    "inferenceAccelerators",
    "placementConstraints",
    "revision",
    "taskDefinitionArn",
  ],
  ...["tags", "proxyConfiguration"],
];
