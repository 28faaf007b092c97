import { describe, expect, test } from "vitest";
import { documentFormats } from "../../../api/aws/documents/catalogue.ts";
import { parse } from "../../../api/core/parsing/parse.ts";
import { codesOf, problemsOf, variable, web, workloadOf } from "../../aws/documents/parsed.ts";

const definition = (family: string, revision: number | null = null, memory = 128) => ({
  family,
  revision,
  containerDefinitions: [{ name: family, image: "nginx", memory }],
});

describe("defaults", () => {
  test("without services or runs, each task definition is a service of 1 task, by assumption", () => {
    const read = workloadOf({ taskDefinitions: [definition("web", 1), definition("web", 2), definition("api", 9)] });
    expect(
      read.services.map((service) => [service.name, service.taskDefinition.id, service.tasks, service.path]),
    ).toEqual([
      ["web:1", "web:1", 1, "taskDefinitions[0]"],
      ["web:2", "web:2", 1, "taskDefinitions[1]"],
      ["api", "api:9", 1, "taskDefinitions[2]"],
    ]);
    expect(read.assumptions.map(({ code, services }) => [code, ...services])).toEqual([
      ["service_assumed", "web:1", "web:2", "api"],
    ]);
  });

  test("with runs given, the runs alone are priced", () => {
    const read = workloadOf({
      taskDefinitions: [definition("batch")],
      runs: [{ taskDefinition: "batch", seconds: 60 }],
    });
    expect(read.services.map((service) => [service.name, service.lifetime.kind])).toEqual([["batch", "runs"]]);
  });

  test("a task definition that nothing uses is told, not priced", () => {
    const read = workloadOf({
      taskDefinitions: [web, definition("idle", 3)],
      services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 2 }],
    });
    expect(read.taskDefinitions.map(({ id }) => id)).toEqual(["web", "idle:3"]);
    expect(read.assumptions).toEqual([
      { code: "task_definition_unused", text: "No service or run uses idle:3: it is not priced.", services: [] },
    ]);
  });

  test("730 hours are priced, and months are 730 hours", () => {
    const read = workloadOf({ taskDefinitions: [web] });
    expect([read.periodSeconds, read.monthSeconds, read.options]).toEqual([2_628_000, 2_628_000, null]);
  });
});

describe("references", () => {
  const resolved = (taskDefinitions: object[], taskDefinition: string) =>
    workloadOf({ taskDefinitions, services: [{ serviceName: "s", taskDefinition, desiredCount: 1 }] });
  const idOf = (taskDefinitions: object[], name: string) =>
    resolved(taskDefinitions, name).services[0]?.taskDefinition.id;

  test("by ARN, by family:revision, then by the family's highest revision, in numbers and not in letters", () => {
    const revisions = [definition("web", 9), definition("web", 10), definition("web", 2), definition("api", 11)];
    expect(idOf(revisions, "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2")).toBe("web:2");
    expect(idOf(revisions, "web:9")).toBe("web:9");
    expect(idOf(revisions, "web")).toBe("web:10");
    expect(idOf(revisions, "arn:aws:ecs:us-east-1:123456789012:task-definition/api")).toBe("api:11");
  });

  test("a revision of a family that is described without one is taken for it, as an assumption", () => {
    const read = resolved([web], "arn:aws:ecs:us-east-1:123456789012:task-definition/web:41");
    expect(read.services[0]?.taskDefinition.id).toBe("web");
    expect(read.assumptions).toEqual([
      {
        code: "revision_assumed",
        text: "s runs web:41; the description of web that is given, which has no revision, is taken for it.",
        services: [],
      },
    ]);
  });

  test("another revision is not taken for the one that is named", () => {
    const problems = problemsOf({
      taskDefinitions: [definition("web", 40), definition("api", 1)],
      services: [{ serviceName: "s", taskDefinition: "web:41" }],
    });
    expect(problems).toEqual([
      {
        code: "unknown_task_definition",
        path: "services[0].taskDefinition",
        message: "web:41 is not among the task definitions (web:40). Add it, or name one of them.",
      },
    ]);
  });

  test("placeholders resolve where the documents use the same one, and are a problem where not", () => {
    expect(idOf([definition("<FAMILY>")], "<FAMILY>")).toBe("<FAMILY>");
    expect(
      codesOf({ taskDefinitions: [web], services: [{ serviceName: "s", taskDefinition: "<TASK_DEFINITION>" }] }),
    ).toEqual(["placeholder at services[0].taskDefinition"]);
  });

  test("a reference to a task definition that could not be read is not reported a second time", () => {
    const request = {
      taskDefinitions: [{ ...web, cpu: "<CPU>" }],
      services: [
        { serviceName: "a", taskDefinition: "web" },
        { serviceName: "b", taskDefinition: "other" },
      ],
    };
    expect(codesOf(request)).toEqual([
      "placeholder at taskDefinitions[0].cpu",
      "unknown_task_definition at services[1].taskDefinition",
    ]);
  });
});

describe("the same thing twice", () => {
  test("one revision twice with the same content is one", () => {
    const first = { ...definition("web", 1), tags: [] };
    const second = { taskDefinition: { ...definition("web", 1), registeredAt: 5 } };
    expect(workloadOf({ taskDefinitions: [first, second] }).taskDefinitions).toHaveLength(1);
  });

  test("one revision twice with different content is a problem, and so is one family without revision", () => {
    expect(codesOf({ taskDefinitions: [definition("web", 1, 128), definition("web", 1, 256)] })).toEqual([
      "conflicting_task_definitions at taskDefinitions[1]",
    ]);
    expect(problemsOf({ taskDefinitions: [definition("web", null, 128), definition("web", null, 256)] })).toEqual([
      {
        code: "conflicting_task_definitions",
        path: "taskDefinitions[1]",
        message:
          "web is there twice with different content, here and at taskDefinitions[0]. Give them different families or revisions.",
      },
    ]);
  });

  const service = (serviceName: string, more: object = {}) => ({
    serviceName,
    taskDefinition: "web",
    desiredCount: 1,
    ...more,
  });
  const names = (services: object[], runs: object[] = []) =>
    workloadOf({ taskDefinitions: [web], services, runs }).services.map(({ name }) => name);

  test("one service name in two clusters is two services, called after their clusters", () => {
    const arn = "arn:aws:ecs:us-east-1:123456789012:cluster/prod";
    expect(
      names([service("web", { clusterArn: arn }), service("web", { cluster: "test" }), service("web"), service("api")]),
    ).toEqual(["prod/web", "test/web", "default/web", "api"]);
  });

  test("one service name twice in a cluster is a problem, even with the same content", () => {
    expect(codesOf({ taskDefinitions: [web], services: [service("web"), service("api"), service("web")] })).toEqual([
      "duplicate_name at services[2]",
    ]);
    const run = { name: "web", taskDefinition: "web", seconds: 60 };
    expect(codesOf({ taskDefinitions: [web], services: [service("web")], runs: [run] })).toHaveLength(1);
  });

  test("services and runs without a name are called after their task definition, each once", () => {
    const run = { taskDefinition: "web", seconds: 60 };
    const anonymous = { taskDefinition: "web", desiredCount: 1 };
    expect(names([anonymous, anonymous], [run, run, { ...run, name: "web-run" }]).sort()).toEqual(
      ["web", "web-2", "web-run", "web-run-2", "web-run-3"].sort(),
    );
  });
});

describe("the region", () => {
  const arn = (region: string) => `arn:aws:ecs:${region}:123456789012:task-definition/web:1`;
  const withArns = (...regions: string[]) =>
    regions.map((region, at) => ({ ...definition(`web${at}`, 1), taskDefinitionArn: arn(region) }));
  const regionOf = (request: object) => workloadOf({ region: undefined, ...request }).region;

  test("is the only one that the documents' ARNs name, secrets' among them", () => {
    expect(regionOf({ taskDefinitions: withArns("eu-west-1", "eu-west-1", "REGION", variable("AWS::Region")) })).toBe(
      "eu-west-1",
    );
    const secrets = [{ name: "A", valueFrom: "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/a" }];
    expect(regionOf({ taskDefinitions: [{ family: "web", containerDefinitions: [{ name: "web", secrets }] }] })).toBe(
      "us-gov-west-1",
    );
  });

  test("is not where the logs go, nor where a role or an image is from", () => {
    const container = {
      name: "web",
      image: "123456789012.dkr.ecr.us-west-2.amazonaws.com/web",
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-region": "us-east-2" } },
    };
    const executionRoleArn = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole";
    expect(
      codesOf({
        region: undefined,
        taskDefinitions: [{ family: "web", executionRoleArn, containerDefinitions: [container] }],
      }),
    ).toEqual(["region_required at region"]);
  });

  test("is asked for where ARNs disagree, and the request's own wins over them", () => {
    const taskDefinitions = withArns("us-west-2", "eu-west-1");
    expect(problemsOf({ region: null, taskDefinitions })).toEqual([
      {
        code: "region_required",
        path: "region",
        message: "region is missing and the documents name eu-west-1, us-west-2: say which one to price.",
      },
    ]);
    expect(regionOf({ region: " AP-Southeast-2 ", taskDefinitions })).toBe("ap-southeast-2");
  });

  test.each([
    [variable("AWS_REGION"), "placeholder"],
    ["REGION", "placeholder"],
    ["Frankfurt", "not_a_region"],
    [5, "wrong_type"],
    [{}, "wrong_type"],
  ])("%j is none: %s", (region, code) => {
    expect(codesOf({ region, taskDefinitions: [web] })).toEqual([`${code} at region`]);
  });
});

describe("the request around the documents", () => {
  test("hours and monthHours are numbers or decimal texts that come to whole seconds", () => {
    const seconds = (hours: unknown) => workloadOf({ taskDefinitions: [web], hours }).periodSeconds;
    expect([seconds(1), seconds("0.5"), seconds(0.01), seconds("8784"), seconds(null), seconds("")]).toEqual([
      3600, 1800, 36, 31_622_400, 2_628_000, 2_628_000,
    ]);
    expect(workloadOf({ taskDefinitions: [web], monthHours: 720 }).monthSeconds).toBe(2_592_000);
  });

  test.each([
    [0, "out_of_range"],
    [-1, "out_of_range"],
    [8785, "out_of_range"],
    [1e308, "out_of_range"],
    [1e-7, "not_whole"],
    ["0.0001", "not_whole"],
    ["NaN", "not_a_number"],
    ["0x10", "not_a_number"],
    [Number.POSITIVE_INFINITY, "not_a_number"],
    ["9".repeat(1000), "not_a_number"],
    [variable("HOURS"), "placeholder"],
    [true, "wrong_type"],
    [[], "wrong_type"],
  ])("hours of %j are a problem: %s", (hours, code) => {
    expect(codesOf({ taskDefinitions: [web], hours, monthHours: hours })).toEqual([
      `${code} at hours`,
      `${code} at monthHours`,
    ]);
  });

  test("options are handed on as they are", () => {
    expect(workloadOf({ taskDefinitions: [web], options: ["fargate", "ec2-spot"] }).options).toEqual([
      "fargate",
      "ec2-spot",
    ]);
    expect(workloadOf({ taskDefinitions: [web], options: [] }).options).toBeNull();
    expect(codesOf({ taskDefinitions: [web], options: ["fargate", 5, "EC2 Spot"] })).toEqual([
      "not_an_option at options[1]",
      "not_an_option at options[2]",
    ]);
    expect(codesOf({ taskDefinitions: [web], options: "fargate" })).toEqual(["wrong_type at options"]);
  });

  test("fields that nothing reads yet are refused by name, and empty ones are not there", () => {
    const later = { commitments: [{}] };
    expect(codesOf({ taskDefinitions: [web], ...later })).toEqual(
      ["commitments"].map((name) => `not_supported_yet at ${name}`),
    );
    const empty = {
      usage: {},
      rateCard: {},
      commitments: [],
      asOf: null,
      effort: "standard",
      seed: 1,
      runs: [],
      services: null,
    };
    expect(workloadOf({ taskDefinitions: [web], ...empty }).services).toHaveLength(1);
    expect(codesOf({ taskDefinitions: [web], effort: "heroic", seed: -1 })).toEqual([
      "unknown_value at effort",
      "not_whole at seed",
    ]);
    expect(workloadOf({ taskDefinitions: [web], effort: "prove", seed: 7 })).toMatchObject({
      effort: "prove",
      seed: 7,
    });
  });

  test("asOf is a day that the calendar has, and snapshot an id: 2026-02-29 is none", () => {
    const said = { asOf: "2028-02-29", snapshot: "227db2f547015cc1" };
    expect(workloadOf({ taskDefinitions: [web], ...said })).toMatchObject(said);
    expect(workloadOf({ taskDefinitions: [web], asOf: "", snapshot: null })).toMatchObject({
      asOf: null,
      snapshot: null,
    });
    for (const asOf of ["2026-02-29", "2026-13-01", "2026-1-1", "2026-10-01T00:00:00Z", "yesterday", 20261001]) {
      expect(codesOf({ taskDefinitions: [web], asOf })).toEqual(["not_a_day at asOf"]);
    }
    for (const snapshot of ["latest", "227DB2F547015CC1", 5, ["227db2f547015cc1"]]) {
      expect(codesOf({ taskDefinitions: [web], snapshot })).toEqual(["not_a_snapshot at snapshot"]);
    }
  });

  test("the period's start and time zone are kept as they are said, and change nothing else", () => {
    const period = { start: "2026-11-01T00:00:00Z", timeZone: "Europe/Berlin" };
    expect(workloadOf({ taskDefinitions: [web], period })).toEqual({
      ...workloadOf({ taskDefinitions: [web] }),
      period: { startSeconds: 1_793_491_200, timeZone: "Europe/Berlin" },
    });
    expect(codesOf({ taskDefinitions: [web], period: { start: "soon", timezone: "UTC" } })).toEqual([
      "unknown_field at period.timezone",
      "not_an_instant at period.start",
    ]);
  });

  test("a typo is a problem with the field that was meant", () => {
    expect(
      problemsOf({ taskDefinitions: [web], regoin: "eu-west-1", servces: [], Hours: 5 }).map(({ message }) => message),
    ).toEqual([
      "There is no field regoin here. Did you mean region?",
      "There is no field servces here. Did you mean services?",
      "There is no field Hours here. Did you mean hours?",
    ]);
  });

  test("what describe could not find is a problem, and an empty list of failures is none", () => {
    const services = [{ serviceName: "web", taskDefinition: "web", desiredCount: 1 }];
    expect(workloadOf({ taskDefinitions: [web], services, failures: [] }).services).toHaveLength(1);
    expect(codesOf({ taskDefinitions: [web], services, failures: [{ arn: "arn", reason: "MISSING" }] })).toEqual([
      "describe_failures at failures",
    ]);
  });

  test.each([null, [], "{}", 5, undefined])("%j is no request", (request) => {
    const parsed = parse(request, documentFormats);
    expect(parsed).toMatchObject({ ok: false, problems: [{ code: "wrong_type", path: "" }] });
  });

  test("an empty request lacks its two necessities", () => {
    expect(codesOf({ region: undefined })).toEqual([
      "region_required at region",
      "no_task_definitions at taskDefinitions",
    ]);
  });

  test("documents that are no list, or too many, are refused before they are read", () => {
    expect(codesOf({ taskDefinitions: { family: "web" } })).toEqual([
      "wrong_type at taskDefinitions",
      "no_task_definitions at taskDefinitions",
    ]);
    expect(codesOf({ taskDefinitions: Array.from({ length: 5001 }, () => web) })[0]).toBe(
      "too_many at taskDefinitions",
    );
    expect(
      codesOf({ taskDefinitions: [{ family: "web", containerDefinitions: Array.from({ length: 100_000 }, () => 1) }] }),
    ).toEqual(["too_many at taskDefinitions[0].containerDefinitions"]);
  });

  test("of more than 1,000 problems the first 1,000 are told, and that there are more", () => {
    const request = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`field${at}`, 1]));
    const problems = problemsOf(request);
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toEqual({
      code: "too_many_problems",
      path: "",
      message: "There are more problems than these 1,000.",
    });
  });

  test("keys that reach for the prototype are unknown fields like any other, and change no object", () => {
    const request = JSON.parse(
      '{ "region": "us-east-1", "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } }, ' +
        '"taskDefinitions": [{ "family": "web", "__proto__": { "cpu": "9" }, "containerDefinitions": [{ "name": "web", "__proto__": { "cpu": 9 } }] }] }',
    ) as object;
    expect(codesOf(request)).toEqual(["unknown_field at __proto__", "unknown_field at constructor"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
