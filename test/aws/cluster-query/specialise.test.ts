import { describe, expect, test } from "vitest";
import { attributeProblem, instanceAttributes } from "../../../api/aws/cluster-query/instance-attributes.ts";
import { printQuery } from "../../../api/aws/cluster-query/print-query.ts";
import { isStatic, specialise, unknowables } from "../../../api/aws/cluster-query/specialise.ts";
import { queryOf } from "./query-of.ts";

const planned = {
  instanceType: "m6g.large",
  zone: "us-east-1b",
  architecture: "arm64",
  operatingSystem: "linux",
  operatingSystemFamily: null,
  trunk: false,
  custom: { stack: "prod", generation: "6" },
} as const;
const attributes = instanceAttributes(planned);

function left(text: string, known = attributes): string | boolean {
  const rest = specialise(queryOf(text), known);
  return typeof rest === "boolean" ? rest : printQuery(rest);
}

describe("of an m6g.large in us-east-1b with stack=prod, of", () => {
  test.each([
    ["attribute:ecs.instance-type =~ m6g.*", true],
    ["attribute:ecs.availability-zone in [us-east-1a]", false],
    ["attribute:ecs.os-type == linux and attribute:ecs.os-family == LINUX", true],
    ["attribute:ecs.cpu-architecture != x86_64", true],
    ["attribute:stack == prod", true],
    ["attribute:ecs.ami-id exists and attribute:ecs.vpc-id exists and attribute:ecs.subnet-id exists", true],
    ["attribute:ecs.capability.external exists or attribute:ecs.outpost-arn exists", false],
    ["attribute:ecs.awsvpc-trunk-id exists", false],
    ["agentConnected == true", true],
    ["not(task:group == database)", "not task:group == database"],
    ["attribute:stack == prod and not(task:group == database)", "not task:group == database"],
    ["attribute:stack == test and not(task:group == database)", false],
    ["attribute:stack == prod or task:group == database", true],
    [
      "(attribute:stack == test or task:group == a) and runningTasksCount < 3",
      "task:group == a and runningTasksCount < 3",
    ],
    ["attribute:ecs.ami-id == ami-1 or attribute:ecs.instance-type =~ m6g.*", true],
    ["attribute:ecs.ami-id == ami-1 and attribute:ecs.instance-type =~ m6g.*", "attribute:ecs.ami-id == ami-1"],
    ["attribute:owner exists", "attribute:owner exists"],
    ["attribute:generation > 5", "attribute:generation > 5"],
  ])("%s is left %s", (text, rest) => {
    expect(left(text)).toBe(rest);
  });

  test.each([
    ["attribute:stack == prod or agentConnected == true or task:group == a or runningTasksCount == 1", []],
    [
      "ec2InstanceId == i-1 or registeredAt < 2018-01-01 or agentVersion > 1",
      ["ec2InstanceId", "registeredAt", "agentVersion"],
    ],
    ["attribute:ecs.subnet-id == subnet-1 or not attribute:ecs.subnet-id == subnet-1", ["attribute:ecs.subnet-id"]],
    ["attribute:owner exists or attribute:owner == shop", ["attribute:owner"]],
    ["attribute:ecs.outpost-arn =~ .*", []],
    ["attribute:generation > 5 and attribute:generation == 6", ["the order of attribute:generation"]],
    ["attribute:owner > 5", ["attribute:owner"]],
  ])("%s nobody knows %j", (text, unknown) => {
    expect(unknowables(queryOf(text), attributes)).toEqual(unknown);
  });

  test("what is asked of tasks is dynamic, all else is static", () => {
    expect(isStatic(queryOf("attribute:a exists and not (ec2InstanceId == i-1 or agentConnected == true)"))).toBe(true);
    expect(isStatic(queryOf("attribute:a exists and not task:group == b"))).toBe(false);
    expect(isStatic(queryOf("attribute:a exists or runningTasksCount == 0"))).toBe(false);
  });
});

test("a zone that is not decided is unknown, and a trunk interface is there with an id that is", () => {
  const known = instanceAttributes({ ...planned, zone: null, trunk: true });

  expect(left("attribute:ecs.availability-zone == us-east-1a", known)).toBe(
    "attribute:ecs.availability-zone == us-east-1a",
  );
  expect(left("attribute:ecs.availability-zone exists and attribute:ecs.awsvpc-trunk-id exists", known)).toBe(true);
  expect(unknowables(queryOf("attribute:ecs.awsvpc-trunk-id == eni-1"), known)).toEqual([
    "attribute:ecs.awsvpc-trunk-id",
  ]);
});

test("Windows of a version that is not decided has no family to compare", () => {
  const windows = instanceAttributes({ ...planned, operatingSystem: "windows" });
  const core = instanceAttributes({
    ...planned,
    operatingSystem: "windows",
    operatingSystemFamily: "WINDOWS_SERVER_2022_CORE",
  });

  expect(left("attribute:ecs.os-type == windows", windows)).toBe(true);
  expect(unknowables(queryOf("attribute:ecs.os-family == LINUX"), windows)).toEqual(["attribute:ecs.os-family"]);
  expect(left("attribute:ecs.os-family =~ WINDOWS_SERVER_2022_.*", core)).toBe(true);
});

test("what ECS itself says of an instance is not overruled by a custom attribute", () => {
  const known = instanceAttributes({ ...planned, custom: { "ecs.instance-type": "p5.48xlarge" } });

  expect(known.there.get("ecs.instance-type")).toBe("m6g.large");
});

describe("a custom attribute", () => {
  test.each([
    ["stack", "prod"],
    ["a/b\\c-d_e.f", "x@y:z/1\\2 3.4-5_6"],
    ["x".repeat(128), "y".repeat(128)],
  ])("%s=%s is taken", (name, value) => {
    expect(attributeProblem(name, value)).toBeNull();
  });

  test.each([
    ["", "prod", "must have a name"],
    ["x".repeat(129), "prod", "must have a name"],
    ["a b", "prod", "must have a name"],
    ["a:b", "prod", "must have a name"],
    ["stack", "", "must have a value of 1 to 128"],
    ["stack", "y".repeat(129), "must have a value of 1 to 128"],
    ["stack", "a,b", "must have a value of 1 to 128"],
    ["stack", " prod", "without blanks before or behind"],
    ["ecs.instance-type", "m5.large", "that ECS itself sets"],
  ])("%s=%s is not: it %s", (name, value, problem) => {
    expect(attributeProblem(name, value)).toContain(problem);
  });
});
