import type { z } from "zod";
import { alwaysOn } from "../../core/model/always-on.ts";
import type { Document, ServiceDocument } from "../../core/model/document.ts";
import type { Problem } from "../../core/model/problem.ts";
import { fieldPath } from "../../core/model/problem.ts";
import type { Lifetime, Volume } from "../../core/model/workload.ts";
import { fieldsOf, listOf, objectOf, presence, problemsOf, text, whole } from "../documents/fields.ts";
import { cronRuns } from "./cron-runs.ts";
import { type PodSpec, podPath, podSpec, taskDefinitionOf, unreadRules } from "./pod-spec.ts";

/** Kinds that run pods. */
export const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

/** One manifest of a kind that runs pods. */
export interface Manifest {
  readonly kind: WorkloadKind;
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: string;
}

/** What other manifests say that bears on it. */
export interface Surroundings {
  /** By `namespace/kind/name` of what it scales. */
  readonly autoscalers: ReadonlyMap<string, { readonly min: number; readonly max: number }>;
  /** By `namespace/name`. */
  readonly claims: ReadonlyMap<string, Volume["kind"]>;
  readonly periodSeconds: number;
}

const seconds = whole({ min: 1, max: 31_622_400, unit: "seconds" });
const pods = whole({ min: 0, max: 1_000_000, unit: "pods" });
const template = objectOf({ spec: podSpec });
const job = { parallelism: pods, completions: pods, activeDeadlineSeconds: seconds, template };

/** Source: apps/v1, batch/v1 and core/v1 of the Kubernetes API, 1.33. Nothing else of them is read. */
const workload = fieldsOf({
  metadata: objectOf({
    name: text(253),
    namespace: text(63),
    annotations: objectOf({ "stowage/seconds": seconds }),
  }),
  spec: objectOf({
    replicas: pods,
    strategy: objectOf({ type: text() }),
    schedule: text(200),
    jobTemplate: objectOf({ spec: objectOf(job) }),
    volumeClaimTemplates: listOf(presence()),
    ...job,
  }),
});

type Fields = z.output<typeof workload>;
type Spec = NonNullable<Fields["spec"]>;
type Note = ServiceDocument["notes"][number];

/** Where nothing says how long a job runs. */
const jobSeconds = 600;

/** The service and the task definition that a manifest comes to, or what is wrong with it. */
export function readWorkload(
  { kind, value, path }: Manifest,
  surroundings: Surroundings,
): { readonly documents: readonly Document[]; readonly problems: readonly Problem[] } {
  const refused = (problems: readonly Problem[]) => ({ documents: [], problems });
  const parsed = workload.safeParse(withPod(kind, value));
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, path);
    const bare =
      kind === "Pod"
        ? problems.map((one) => ({ ...one, path: one.path.replace("spec.template.spec", "spec") }))
        : problems;
    return refused(bare);
  }
  const { metadata, spec } = parsed.data;
  const pod = podOf(kind, spec);
  if (metadata?.name === null || metadata === null) return refused([lacking(fieldPath(path, "metadata.name"), "name")]);
  if (spec === null || pod === null || pod.containers.every((one) => one === null)) {
    return refused([lacking(podPath(path, kind), "containers")]);
  }
  const namespace = metadata.namespace ?? "default";
  const family = [...(metadata.namespace === null ? [] : [namespace]), kind.toLowerCase(), metadata.name].join("/");
  const claims = new Map([...surroundings.claims].map(([name, of]) => [name.replace(`${namespace}/`, ""), of]));
  const definition = taskDefinitionOf(pod, { family, path, claims });
  const scaler = surroundings.autoscalers.get(`${namespace}/${kind}/${metadata.name}`) ?? null;
  const run = runOf(kind, spec, { annotated: metadata.annotations?.["stowage/seconds"] ?? null, surroundings });
  if (run === null) return refused([unreadableSchedule(fieldPath(path, "spec.schedule"))]);
  const { tasks, notes } = kind === "Job" || kind === "CronJob" ? run : replicasOf(spec, scaler);
  const service: ServiceDocument = {
    kind: "service",
    name: metadata.name,
    cluster: namespace,
    tasks: kind === "DaemonSet" ? 1 : tasks,
    taskDefinition: { text: family, family, revision: null },
    scheduled: kind === "CronJob",
    notes: [...notes, ...rulesNote(pod), ...claimsNote(spec.volumeClaimTemplates.length)],
    regions: [],
    service: {
      ...{ ...bareService, path, launchType: "KUBERNETES", lifetime: run.lifetime, ...rollingOf(kind, spec) },
      // Without a selector it is on every node, whatever that is.
      architectures: kind === "DaemonSet" && !definition.architectureStated ? ["x86_64", "arm64"] : [],
    },
  };
  return {
    documents: [{ kind: "task-definition", definition, familyStated: true, regions: [] }, service],
    problems: [],
  };
}

const { tasks: _, ...bareService } = alwaysOn;

/** A pod by itself has no template. */
function withPod(kind: WorkloadKind, value: Manifest["value"]): unknown {
  return kind === "Pod" ? { metadata: value.metadata, spec: { template: { spec: value.spec } } } : value;
}

function podOf(kind: WorkloadKind, spec: Fields["spec"]): PodSpec | null {
  const job = kind === "CronJob" ? spec?.jobTemplate?.spec : spec;
  return job?.template?.spec ?? null;
}

/** A new revision runs beside the old one in a Deployment only, by a quarter of it unless told: room for a pod is kept. */
function rollingOf(kind: WorkloadKind, { strategy }: Spec) {
  const beside = kind === "Deployment" && strategy?.type !== "Recreate";
  return {
    daemon: kind === "DaemonSet",
    maximumPercent: beside ? null : 100,
    minimumHealthyPercent: beside ? null : 0,
  };
}

function replicasOf(
  { replicas }: Spec,
  scaler: { readonly min: number; readonly max: number } | null,
): { tasks: number; notes: readonly Note[] } {
  if (scaler === null) return { tasks: replicas ?? 1, notes: [] };
  const tasks = Math.min(scaler.max, Math.max(scaler.min, replicas ?? scaler.min));
  const text = `a HorizontalPodAutoscaler keeps it at ${scaler.min} to ${scaler.max} pods: ${tasks} are priced all the time, since no load is given.`;
  return { tasks, notes: [{ code: "autoscaler_not_played", text }] };
}

/** How often and how long a job runs; other kinds are always on. Null: the schedule cannot be read. */
function runOf(
  kind: WorkloadKind,
  spec: Spec,
  given: { readonly annotated: number | null; readonly surroundings: Surroundings },
): { lifetime: Lifetime; tasks: number; notes: readonly Note[] } | null {
  if (kind !== "Job" && kind !== "CronJob") return { lifetime: { kind: "always" }, tasks: 1, notes: [] };
  const job = kind === "CronJob" ? (spec.jobTemplate?.spec ?? null) : spec;
  const { periodSeconds } = given.surroundings;
  const starts = kind === "CronJob" ? cronRuns(spec.schedule ?? "", periodSeconds) : 1;
  if (starts === null) return null;
  const parallel = Math.max(1, job?.parallelism ?? 1);
  const rounds = Math.ceil((job?.completions ?? parallel) / parallel);
  const deadline = job?.activeDeadlineSeconds ?? null;
  const length = given.annotated ?? deadline ?? jobSeconds;
  const notes: Note[] = [];
  if (given.annotated === null) {
    const why = deadline === null ? "a guess" : "its activeDeadlineSeconds, the most there can be";
    const text = `each pod of the job is taken to run for ${length} seconds, ${why} (annotation stowage/seconds).`;
    notes.push({ code: "job_seconds_assumed", text });
  }
  if (kind === "CronJob") {
    const text = `its schedule comes ${starts.toLocaleString("en-US")} times in the period, counted from a Monday at midnight.`;
    notes.push({ code: "cron_runs_counted", text });
  }
  const times = starts * rounds;
  // A job that never comes in the period is no run at all.
  if (times === 0) return { lifetime: { kind: "always" }, tasks: 0, notes };
  return { lifetime: { kind: "runs", seconds: length, times }, tasks: parallel, notes };
}

function rulesNote(pod: PodSpec): Note[] {
  const rules = unreadRules(pod);
  if (rules.length === 0) return [];
  return [{ code: "scheduling_rules_unread", text: `${rules.join(" and ")} of its pods are not followed.` }];
}

function claimsNote(count: number): Note[] {
  if (count === 0) return [];
  return [
    { code: "volumes_not_priced", text: `the block volumes of its ${count} volumeClaimTemplates are not priced.` },
  ];
}

function lacking(path: string, what: string): Problem {
  return { code: "required", path, message: `${what} is missing: the manifest does not say what to run.` };
}

function unreadableSchedule(path: string): Problem {
  return {
    code: "not_a_schedule",
    path,
    message: "schedule must be five fields of cron such as 0 3 * * *, or @daily.",
  };
}
