import type { z } from "zod";
import type { Document, DocumentFormat, Reading } from "../../core/model/document.ts";
import { isBlank, isObject, isPlaceholder, kindOf, pathBelow } from "../../core/model/field.ts";
import type { Problem } from "../../core/model/problem.ts";
import type { TaskDefinition } from "../../core/model/workload.ts";
import { containerDefinition, containerOf } from "./container.ts";
import {
  choice,
  field,
  fieldsOf,
  listOf,
  objectOf,
  presence,
  problemsOf,
  refusePlaceholder,
  text,
  whole,
} from "./fields.ts";
import { referenceOf, regionsOf } from "./identifier.ts";
import { taskPlacementConstraints } from "./placement.ts";
import { cpuSize, memorySize } from "./size.ts";
import { isTaskDefinitionSkeleton, skeletonProblem } from "./skeleton.ts";
import { volumes } from "./volume.ts";

/** Input of RegisterTaskDefinition or output of describe-task-definition; also a bare list of container definitions. */
export const taskDefinitionFormat: DocumentFormat = {
  id: "task-definition",
  label: "a task definition",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
  field: "taskDefinitions",
  list: true,
  fields: null,
  reserved: [],
  recognises(value) {
    if (Array.isArray(value)) return value.length > 0 && value.every(isContainerDefinition);
    return isObject(value) && ("containerDefinitions" in value || "family" in value || isObject(value.taskDefinition));
  },
  read: readTaskDefinition,
  example: {
    taskDefinition: {
      taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/web:41",
      family: "web",
      revision: 41,
      status: "ACTIVE",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "256",
      memory: "512",
      containerDefinitions: [{ name: "web", image: "nginx:1", essential: true, portMappings: [{ containerPort: 80 }] }],
    },
    tags: [],
  },
};

/** `LINUX` or `WINDOWS_SERVER_…`: new Windows versions come every few years and cost the same. */
const operatingSystem = field((value, refuse) => {
  if (isBlank(value)) return null;
  const ways = "must be LINUX or a Windows version such as WINDOWS_SERVER_2022_CORE";
  if (typeof value !== "string") return refuse("wrong_type", `${ways}, not ${kindOf(value)}`);
  const family = value.trim().toUpperCase();
  if (/^(LINUX|WINDOWS_SERVER_[A-Z0-9_]+)$/.test(family)) return family;
  return isPlaceholder(value) ? refusePlaceholder(refuse) : refuse("unknown_value", ways);
});

/** Source: botocore ecs 2014-11-13, RegisterTaskDefinitionRequest and TaskDefinition. */
const taskDefinition = fieldsOf({
  family: text(),
  revision: whole({ min: 0, max: 1_000_000_000, unit: null }),
  taskDefinitionArn: text(),
  cpu: cpuSize(),
  memory: memorySize(),
  containerDefinitions: listOf(containerDefinition, 40),
  networkMode: choice(["bridge", "host", "awsvpc", "none", "default", "<default>"]),
  runtimePlatform: objectOf({
    operatingSystemFamily: operatingSystem,
    cpuArchitecture: choice(["X86_64", "ARM64"]),
  }),
  ephemeralStorage: objectOf({ sizeInGiB: whole({ min: 0, max: 65_536, unit: "GiB" }) }),
  volumes,
  requiresCompatibilities: listOf(choice(["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"])),
  pidMode: choice(["host", "task"]),
  ipcMode: choice(["host", "task", "none"]),
  executionRoleArn: presence(),
  inferenceAccelerators: listOf(presence()),
  placementConstraints: taskPlacementConstraints,
});

type Fields = z.output<typeof taskDefinition>;

function readTaskDefinition(value: unknown, path: string): Reading {
  if (Array.isArray(value) && value.length > 0)
    return readFields({ containerDefinitions: value }, { path, containersPath: path });
  if (isObject(value) && isObject(value.taskDefinition)) {
    return readTaskDefinition(value.taskDefinition, pathBelow(path, ["taskDefinition"]));
  }
  if (!isObject(value)) {
    return unreadable(null, [
      { code: "wrong_type", path, message: `A task definition must be an object, not ${kindOf(value)}.` },
    ]);
  }
  if (isTaskDefinitionSkeleton(value)) return unreadable(null, [skeletonProblem(path, "register-task-definition")]);
  return readFields(value, { path, containersPath: pathBelow(path, ["containerDefinitions"]) });
}

interface Places {
  readonly path: string;
  readonly containersPath: string;
}

function readFields(value: Readonly<Record<string, unknown>>, { path, containersPath }: Places): Reading {
  const parsed = taskDefinition.safeParse(value);
  const family = typeof value.family === "string" ? value.family.trim() : null;
  if (!parsed.success) {
    const bare = path === containersPath;
    const problems = problemsOf(parsed.error, path);
    return unreadable(
      family,
      bare ? problems.map((problem) => ({ ...problem, path: withoutField(problem.path, path) })) : problems,
    );
  }
  if (parsed.data.containerDefinitions.every((container) => container === null)) {
    const message = "containerDefinitions is empty: a task definition needs at least one container.";
    return unreadable(family, [{ code: "no_containers", path: containersPath, message }]);
  }
  return { documents: [documentOf(parsed.data, { path, containersPath })], problems: [] };
}

/** A bare list stands where `containerDefinitions` would. */
function withoutField(path: string, base: string): string {
  return base + path.slice(base.length).replace(/^\.?containerDefinitions/, "");
}

function unreadable(family: string | null, problems: readonly Problem[]): Reading {
  return { documents: [{ kind: "unreadable-task-definition", family }], problems };
}

function documentOf(fields: Fields, { path, containersPath }: Places): Document {
  const read = fields.containerDefinitions.flatMap((definition, position) =>
    definition === null ? [] : [containerOf(definition, { path: pathBelow(containersPath, [position]), position })],
  );
  const references = read.flatMap((container) => container.secretReferences.map((reference) => reference.text));
  const named = fields.taskDefinitionArn === null ? null : referenceOf(fields.taskDefinitionArn);
  const stated = fields.family ?? named?.family ?? null;
  const family = stated ?? read[0]?.container.name ?? "task-definition";
  const revision = fields.revision || (named?.revision ?? null);
  const definition: TaskDefinition = {
    id: revision === null ? family : `${family}:${revision}`,
    family,
    revision,
    path,
    containers: read.map(({ container }) => container),
    ...sizeOf(fields),
    ...platformOf(fields),
    volumes: fields.volumes.filter((volume) => volume !== null),
    compatibilities: fields.requiresCompatibilities.filter((compatibility) => compatibility !== null),
    pidMode: fields.pidMode,
    ipcMode: fields.ipcMode,
    hasExecutionRole: fields.executionRoleArn,
    inferenceAccelerators: fields.inferenceAccelerators.filter(Boolean).length,
    placementConstraints: fields.placementConstraints,
  };
  const regions = regionsOf([fields.taskDefinitionArn, ...references]);
  return { kind: "task-definition", definition, familyStated: stated !== null, regions };
}

function sizeOf(fields: Fields) {
  return {
    cpuUnits: fields.cpu,
    memoryMiB: fields.memory,
    ephemeralStorageGiB: fields.ephemeralStorage?.sizeInGiB || null,
  };
}

function platformOf({ runtimePlatform, networkMode }: Fields) {
  const operatingSystemFamily = runtimePlatform?.operatingSystemFamily ?? null;
  const architecture = runtimePlatform?.cpuArchitecture ?? null;
  return {
    networkMode: networkMode === "<default>" ? "default" : networkMode,
    operatingSystem: operatingSystemFamily?.startsWith("WINDOWS") ? ("windows" as const) : ("linux" as const),
    operatingSystemFamily,
    architecture: architecture === "ARM64" ? ("arm64" as const) : ("x86_64" as const),
    architectureStated: architecture !== null,
  };
}

function isContainerDefinition(value: unknown): boolean {
  return isObject(value) && "image" in value && !("containerDefinitions" in value);
}
