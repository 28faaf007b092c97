import type { Document, DocumentFormat, Reading } from "../../core/model/document.ts";
import { isObject, kindOf, pathBelow } from "../../core/model/field.ts";
import type { Problem } from "../../core/model/problem.ts";
import type { Volume } from "../../core/model/workload.ts";
import { type Manifest, readWorkload, type Surroundings, workloadKinds } from "../kubernetes/workload.ts";
import { fieldsOf, listOf, objectOf, problemsOf, text, whole } from "./fields.ts";
import { readYaml } from "./yaml-text.ts";

/** Kubernetes manifests: objects as kubectl prints them, or YAML with any number of them. They refer to each other, so all are read at once. */
export const manifestFormat: DocumentFormat = {
  id: "manifest",
  label: "a Kubernetes manifest",
  reference: "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/",
  field: "manifests",
  list: true,
  together: true,
  fields: null,
  reserved: [],
  recognises: (value) => isObject(value) && typeof value.apiVersion === "string" && typeof value.kind === "string",
  read: readManifests,
  example: {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "shop" },
    spec: {
      replicas: 2,
      template: {
        spec: {
          containers: [{ name: "shop", image: "nginx:1", resources: { requests: { cpu: "500m", memory: "1Gi" } } }],
        },
      },
    },
  },
};

interface Placed {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: string;
}

const defaultPeriodSeconds = 730 * 3600;

function readManifests(value: unknown, path: string, periodSeconds = defaultPeriodSeconds): Reading {
  const problems: Problem[] = [];
  const all = Array.isArray(value)
    ? value.flatMap((one, at) => objectsAt(one, pathBelow(path, [at]), problems))
    : objectsAt(value, path, problems);
  if (all.length === 0 && problems.length === 0) {
    problems.push({ code: "no_manifests", path, message: "There is no manifest here." });
  }
  const surroundings: Surroundings = {
    autoscalers: autoscalersIn(all, problems),
    claims: claimsIn(all, problems),
    periodSeconds,
  };
  const documents: Document[] = [];
  for (const manifest of workloadsIn(all)) {
    const read = readWorkload(manifest, surroundings);
    documents.push(...read.documents);
    problems.push(...read.problems);
  }
  return { documents: [...documents, ...notesOf(all, documents)], problems };
}

/** Of a text every document, of a list, which stands where such a text could, every item. */
function objectsAt(value: unknown, path: string, problems: Problem[]): Placed[] {
  const written = typeof value === "string" ? readYaml(value) : null;
  if (written?.problem) problems.push({ ...written.problem, path });
  const one = written === null ? value : documentsOf(written);
  if (!Array.isArray(one)) return objectsIn(one, path, problems);
  return one.flatMap((item, at) => objectsIn(item, pathBelow(path, [at]), problems));
}

/** A YAML text of manifests as the objects in it, which are read the same: by itself, or a list of several. */
export function manifestsIn(text: string): unknown {
  return documentsOf(readYaml(text));
}

function documentsOf({ values }: ReturnType<typeof readYaml>): unknown {
  const [first, second] = values;
  if (first === undefined) return null;
  return second === undefined ? first.value : values.map(({ value }) => value);
}

/** Of a List every item. */
function objectsIn(value: unknown, path: string, problems: Problem[]): Placed[] {
  if (!isObject(value)) {
    if (value !== null) {
      const message = `A manifest must be an object or YAML text, not ${kindOf(value)}.`;
      problems.push({ code: "wrong_type", path, message });
    }
    return [];
  }
  if (Array.isArray(value.items) && /List$/.test(String(value.kind))) {
    return value.items.flatMap((one, at) => objectsIn(one, pathBelow(path, ["items", at]), problems));
  }
  if (typeof value.kind === "string" && typeof value.apiVersion === "string") return [{ value, path }];
  problems.push({ code: "required", path, message: "apiVersion or kind is missing: this is no manifest." });
  return [];
}

function workloadsIn(all: readonly Placed[]): Manifest[] {
  return all.flatMap(({ value, path }) => {
    const kind = workloadKinds.find((known) => known === value.kind);
    return kind === undefined || isOwned(value) ? [] : [{ kind, value, path }];
  });
}

/** Made by another object, which is there too where everything was exported: counted once, there. */
function isOwned({ metadata }: Placed["value"]): boolean {
  return isObject(metadata) && Array.isArray(metadata.ownerReferences) && metadata.ownerReferences.length > 0;
}

const names = objectOf({ name: text(253), namespace: text(63) });
const count = whole({ min: 0, max: 1_000_000, unit: "pods" });
const autoscaler = fieldsOf({
  metadata: names,
  spec: objectOf({
    minReplicas: count,
    maxReplicas: count,
    scaleTargetRef: objectOf({ kind: text(), name: text(253) }),
  }),
});

function autoscalersIn(all: readonly Placed[], problems: Problem[]): Surroundings["autoscalers"] {
  const found = new Map<string, { min: number; max: number }>();
  for (const { value, path } of all.filter((one) => one.value.kind === "HorizontalPodAutoscaler")) {
    const parsed = autoscaler.safeParse(value);
    if (!parsed.success) problems.push(...problemsOf(parsed.error, path));
    const { metadata, spec } = parsed.data ?? { metadata: null, spec: null };
    if (spec === null) continue;
    const min = spec.minReplicas ?? 1;
    const target = `${metadata?.namespace ?? "default"}/${spec.scaleTargetRef?.kind}/${spec.scaleTargetRef?.name}`;
    found.set(target, { min, max: Math.max(min, spec.maxReplicas ?? min) });
  }
  return found;
}

const claim = fieldsOf({
  metadata: names,
  spec: objectOf({ storageClassName: text(253), accessModes: listOf(text()) }),
});

/** A file system where many nodes may write or the class is named after one; else a block volume. */
function claimsIn(all: readonly Placed[], problems: Problem[]): Surroundings["claims"] {
  const found = new Map<string, Volume["kind"]>();
  for (const { value, path } of all.filter((one) => one.value.kind === "PersistentVolumeClaim")) {
    const parsed = claim.safeParse(value);
    if (!parsed.success) problems.push(...problemsOf(parsed.error, path));
    const { metadata, spec } = parsed.data ?? { metadata: null, spec: null };
    const shared = spec?.accessModes.includes("ReadWriteMany") || /efs/i.test(spec?.storageClassName ?? "");
    const name = `${metadata?.namespace ?? "default"}/${metadata?.name}`;
    found.set(name, shared ? "efs" : "configured-at-launch");
  }
  return found;
}

const readKinds: readonly string[] = [...workloadKinds, "HorizontalPodAutoscaler", "PersistentVolumeClaim"];

function notesOf(all: readonly Placed[], documents: readonly Document[]): Document[] {
  const unread = Map.groupBy(
    all.map(({ value }) => String(value.kind)).filter((kind) => !readKinds.includes(kind)),
    (kind) => (/^[A-Z][A-Za-z]{0,62}$/.test(kind) ? kind : "another kind"),
  );
  const kinds = [...unread].map(([kind, same]) => `${same.length} ${kind}`).sort();
  const storage = all.filter(({ value }) => value.kind === "PersistentVolumeClaim").length;
  const note = (code: string, said: string): Document => ({ kind: "note", code, text: said });
  return [
    ...(documents.length === 0
      ? []
      : [
          note(
            "manifests_on_nodes",
            "As configured, manifests run on EKS with nodes on EC2. On ECS a pod is a task with a network interface of its own, its CPU rounded up to whole CPU units.",
          ),
        ]),
    ...(kinds.length === 0
      ? []
      : [note("manifests_not_priced", `Of the manifests these are not priced: ${kinds.join(", ")}.`)]),
    ...(storage === 0
      ? []
      : [note("claims_not_priced", `The storage of ${storage} PersistentVolumeClaim is not priced yet.`)]),
  ];
}
