import type { z } from "zod";
import type { DocumentFormat, Reading } from "../../core/model/document.ts";
import { isObject, kindOf } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import { fieldsOf, problemsOf, text, whole } from "./fields.ts";
import { referenceOf, regionsOf } from "./identifier.ts";
import { taskGroupFields, taskGroupOf, taskGroupProblems } from "./task-group.ts";

/** A job that RunTask starts `times` times in the period, `tasks` tasks each, for `seconds` each. A format of the contract. */
export const runFormat: DocumentFormat = {
  id: "run",
  label: "a run",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html",
  field: "runs",
  list: true,
  fields: {
    ...{
      taskDefinition: null,
      tasks: null,
      seconds: null,
      times: null,
      name: null,
      interruptible: null,
      launchType: null,
    },
    ...{
      capacityProviderStrategy: null,
      placementStrategy: null,
      placementConstraints: null,
      networkConfiguration: null,
      volumeConfigurations: null,
    },
    ...{ architectures: null, tags: null, localDiskGiB: null },
  },
  reserved: ["schedule", "overrides"],
  recognises: (value) => isObject(value) && typeof value.taskDefinition === "string" && "seconds" in value,
  read: readRun,
  example: { taskDefinition: "batch", tasks: 5, seconds: 600, times: 30 },
};

const run = fieldsOf({
  ...taskGroupFields,
  name: text(),
  tasks: whole({ min: 1, max: 1_000_000, unit: "tasks" }),
  seconds: whole({ min: 1, max: 31_622_400, unit: "seconds" }),
  times: whole({ min: 1, max: 31_622_400, unit: "times" }),
});

function readRun(value: unknown, path: string): Reading {
  if (!isObject(value)) {
    return {
      documents: [],
      problems: [{ code: "wrong_type", path, message: `A run must be an object, not ${kindOf(value)}.` }],
    };
  }
  const parsed = run.safeParse(value);
  if (!parsed.success) return { documents: [], problems: problemsOf(parsed.error, path) };
  const { seconds } = parsed.data;
  const problems = [...taskGroupProblems(parsed.data, path), ...(seconds === null ? [secondsMissing(path)] : [])];
  if (problems.length > 0 || seconds === null) return { documents: [], problems };
  return { documents: [documentOf({ ...parsed.data, seconds }, path)], problems };
}

function secondsMissing(path: string): Problem {
  const message = "seconds is missing: say for how long each task of the run lives.";
  return { code: "required", path: fieldPath(path, "seconds"), message };
}

function documentOf(fields: z.output<typeof run> & { seconds: number }, path: string): Reading["documents"][number] {
  return {
    kind: "service",
    name: fields.name,
    cluster: null,
    tasks: fields.tasks ?? 1,
    taskDefinition: referenceOf(fields.taskDefinition ?? ""),
    notes: [],
    regions: regionsOf([fields.taskDefinition]),
    service: {
      path,
      lifetime: { kind: "runs", seconds: fields.seconds, times: fields.times ?? 1 },
      ...taskGroupOf(fields),
      daemon: false,
      maximumPercent: null,
      minimumHealthyPercent: null,
      loadBalancers: [],
    },
  };
}
