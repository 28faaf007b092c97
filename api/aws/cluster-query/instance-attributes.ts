import type { Architecture } from "../../core/model/workload.ts";
import { isAttributeName } from "./subject.ts";

/** An instance that is only planned, as far as attributes go. */
export interface PlannedInstance {
  readonly instanceType: string;
  /** us-east-1a; null: not decided. */
  readonly zone: string | null;
  readonly architecture: Architecture;
  readonly operatingSystem: "linux" | "windows";
  /** WINDOWS_SERVER_2022_CORE; null: not decided, or Linux. */
  readonly operatingSystemFamily: string | null;
  /** Whether it gets a trunk network interface. */
  readonly trunk: boolean;
  /** Custom attributes, by name (see `attributeProblem`). */
  readonly custom: Readonly<Record<string, string>>;
}

export interface InstanceAttributes {
  /** By name; null: the attribute is there, with a value that only the running instance has. */
  readonly there: ReadonlyMap<string, string | null>;
  /** Names of attributes that it will not have. Of a name in neither, nothing is known. */
  readonly absent: ReadonlySet<string>;
}

/**
 * The attributes that ECS gives an instance, and its own.
 * Source: ECS developer guide, task-placement-constraints.md, "Built-in attributes" and "Optional attributes".
 */
export function instanceAttributes(instance: PlannedInstance): InstanceAttributes {
  const windows = instance.operatingSystem === "windows";
  const there: [string, string | null][] = [
    ...Object.entries(instance.custom),
    ["ecs.instance-type", instance.instanceType],
    ["ecs.availability-zone", instance.zone],
    ["ecs.os-type", instance.operatingSystem],
    ["ecs.os-family", windows ? instance.operatingSystemFamily : "LINUX"],
    ["ecs.cpu-architecture", instance.architecture],
    ["ecs.ami-id", null],
    ["ecs.vpc-id", null],
    ["ecs.subnet-id", null],
  ];
  const trunk = "ecs.awsvpc-trunk-id";
  if (instance.trunk) there.push([trunk, null]);
  return {
    there: new Map(there),
    absent: new Set(["ecs.outpost-arn", "ecs.capability.external", ...(instance.trunk ? [] : [trunk])]),
  };
}

const givenByEcs = [
  ...["ecs.ami-id", "ecs.availability-zone", "ecs.instance-type", "ecs.os-type", "ecs.os-family"],
  ...["ecs.cpu-architecture", "ecs.vpc-id", "ecs.subnet-id", "ecs.awsvpc-trunk-id", "ecs.outpost-arn"],
  "ecs.capability.external",
];

/**
 * What is wrong with a custom attribute, as the rest of a sentence ("must be …"); null: nothing. Neither name nor value is quoted.
 * Source: ECS developer guide, task-placement-constraints.md, "Custom attributes".
 */
export function attributeProblem(name: string, value: string): string | null {
  if (!isAttributeName(name)) {
    return "must have a name of 1 to 128 letters, digits, hyphens, underscores, slashes and periods";
  }
  if (givenByEcs.includes(name)) return "has the name of an attribute that ECS itself sets";
  if (value !== value.trim()) return "must have a value without blanks before or behind it";
  if (!/^[A-Za-z0-9_\-.@/\\: ]{1,128}$/.test(value)) {
    return "must have a value of 1 to 128 letters, digits, hyphens, underscores, periods, at signs, slashes, colons and spaces";
  }
  return null;
}
