import type { z } from "zod";
import { alwaysOn } from "../../core/model/always-on.ts";
import type { Document, ServiceDocument } from "../../core/model/document.ts";
import type { Problem, Result } from "../../core/model/problem.ts";
import { fieldPath } from "../../core/model/problem.ts";
import { fieldsOf, objectOf, problemsOf, text, whole } from "../documents/fields.ts";
import type { Autoscaler } from "./autoscaler.ts";
import { type Job, jobRuns } from "./job-runs.ts";
import { defaultNamespace, type KubernetesObject } from "./object.ts";
import { type PodSpec, podPath, podSpec, taskDefinitionOf, unreadRules } from "./pod-spec.ts";
import { type ClaimsAround, claimTemplates, podStorage } from "./pod-storage.ts";
import { underLoad } from "./under-load.ts";

/** Kinds that run pods. */
export const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

/** One manifest of a kind that runs pods. */
export interface Manifest extends KubernetesObject {
  readonly kind: WorkloadKind;
}

/** What other manifests say that bears on it. */
export interface Surroundings extends ClaimsAround {
  /** By `namespace/kind/name` of what it scales. */
  readonly autoscalers: ReadonlyMap<string, Autoscaler>;
  readonly periodSeconds: number;
}

const seconds = whole({ min: 1, max: 31_622_400, unit: "seconds" });
const pods = whole({ min: 0, max: 1_000_000, unit: "pods" });
const template = objectOf({ spec: podSpec });
const job = { parallelism: pods, completions: pods, activeDeadlineSeconds: seconds, template };
const jobKinds: readonly WorkloadKind[] = ["Job", "CronJob"];

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
    volumeClaimTemplates: claimTemplates,
    ...job,
  }),
});

type Fields = z.output<typeof workload>;
type Spec = NonNullable<Fields["spec"]>;
type Note = ServiceDocument["notes"][number];

export interface WorkloadReading {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
  /** Claims that its pods use, as `namespace/name`. */
  readonly used: readonly string[];
}

/** The service and the task definition that a manifest comes to, or what is wrong with it. */
export function readWorkload(manifest: Manifest, surroundings: Surroundings): WorkloadReading {
  const read = namedPods(manifest);
  if (!read.ok) return { documents: [], problems: read.problems, used: [] };
  const { kind, path, namespace, family, name, spec, pod } = read.value;
  const isJob = jobKinds.includes(kind);
  const run = isJob ? jobRuns(jobOf(read.value), surroundings.periodSeconds) : alwaysRuns;
  if (run === null) {
    return { documents: [], problems: [unreadableSchedule(fieldPath(path, "spec.schedule"))], used: [] };
  }
  const storage = podStorage(pod, read.value, surroundings);
  const definition = taskDefinitionOf(pod, { family, path, volumes: storage.volumes });
  const scaler = surroundings.autoscalers.get(`${namespace}/${kind}/${name}`) ?? null;
  const { tasks, notes } = isJob ? run : replicasOf(spec, scaler);
  const service: ServiceDocument = {
    kind: "service",
    name,
    cluster: namespace,
    tasks: kind === "DaemonSet" ? 1 : tasks,
    taskDefinition: { text: family, family, revision: null },
    scheduled: kind === "CronJob",
    notes: [...notes, ...rulesNote(pod), ...storage.notes],
    regions: [],
    ...(!isJob && kind !== "DaemonSet" && { underLoad: { ...underLoad(pod, scaler), replaces: notPlayed } }),
    service: {
      ...{ ...bareService, path, launchType: "KUBERNETES", lifetime: run.lifetime, ...rollingOf(kind, spec) },
      // Without a selector it is on every node, whatever that is.
      architectures: kind === "DaemonSet" && !definition.architectureStated ? ["x86_64", "arm64"] : [],
      ...(storage.claims.length > 0 && { claims: storage.claims }),
      // What pods ask for of the disk holds what they put into emptyDir.
      localDiskGiB: Math.max(0, Math.ceil(storage.emptyDirMiB / 1024) - (definition.ephemeralStorageGiB ?? 0)),
    },
  };
  return {
    documents: [{ kind: "task-definition", definition, familyStated: true, regions: [] }, service],
    problems: [],
    used: tasks > 0 || kind === "DaemonSet" ? storage.used : [],
  };
}

interface NamedPods {
  readonly kind: WorkloadKind;
  readonly path: string;
  readonly podPath: string;
  readonly namespace: string;
  readonly name: string;
  /** Of its task definition. */
  readonly family: string;
  readonly annotatedSeconds: number | null;
  readonly spec: Spec;
  readonly pod: PodSpec;
  readonly templates: Spec["volumeClaimTemplates"];
}

/** What runs pods under which name, or what is wrong with it. */
function namedPods({ kind, value, path }: Manifest): Result<NamedPods> {
  const parsed = workload.safeParse(withPod(kind, value));
  const at = podPath(path, kind);
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, path);
    if (kind !== "Pod") return { ok: false, problems };
    return {
      ok: false,
      problems: problems.map((one) => ({ ...one, path: one.path.replace("spec.template.spec", "spec") })),
    };
  }
  const { metadata, spec } = parsed.data;
  const name = metadata?.name ?? null;
  if (name === null) return { ok: false, problems: [lacking(fieldPath(path, "metadata.name"), "name")] };
  const pod = podOf(kind, spec);
  if (spec === null || pod === null || pod.containers.every((one) => one === null)) {
    return { ok: false, problems: [lacking(at, "containers")] };
  }
  const said = metadata?.namespace ?? null;
  const family = [...(said === null ? [] : [said]), kind.toLowerCase(), name].join("/");
  const annotatedSeconds = metadata?.annotations?.["stowage/seconds"] ?? null;
  const named = { name, namespace: said ?? defaultNamespace, family, annotatedSeconds };
  return { ok: true, value: { ...named, kind, path, podPath: at, spec, pod, templates: spec.volumeClaimTemplates } };
}

const { tasks: _, ...bareService } = alwaysOn;

/** A pod by itself has no template. */
function withPod(kind: WorkloadKind, value: Manifest["value"]): unknown {
  return kind === "Pod" ? { metadata: value.metadata, spec: { template: { spec: value.spec } } } : value;
}

function jobOf({ kind, spec, annotatedSeconds }: NamedPods): Job {
  if (kind === "Job") return { spec, schedule: null, annotatedSeconds };
  return { spec: spec.jobTemplate?.spec ?? null, schedule: spec.schedule ?? "", annotatedSeconds };
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

const alwaysRuns = { lifetime: { kind: "always" }, tasks: 1, notes: [] } as const;
const notPlayed = "autoscaler_not_played";

function replicasOf({ replicas }: Spec, scaler: Autoscaler | null): { tasks: number; notes: readonly Note[] } {
  if (scaler === null) return { tasks: replicas ?? 1, notes: [] };
  const tasks = Math.min(scaler.max, Math.max(scaler.min, replicas ?? scaler.min));
  const text = `a HorizontalPodAutoscaler keeps it at ${scaler.min} to ${scaler.max} pods: ${tasks} are priced all the time, since no load is given (loads).`;
  return { tasks, notes: [{ code: notPlayed, text }] };
}

function rulesNote(pod: PodSpec): Note[] {
  const rules = unreadRules(pod);
  if (rules.length === 0) return [];
  return [{ code: "scheduling_rules_unread", text: `${rules.join(" and ")} of its pods are not followed.` }];
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
