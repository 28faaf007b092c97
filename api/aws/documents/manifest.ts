import type { Document, DocumentFormat, Reading } from "../../core/model/document.ts";
import { isObject, kindOf, pathBelow } from "../../core/model/field.ts";
import type { Problem } from "../../core/model/problem.ts";
import { autoscalersIn } from "../kubernetes/autoscaler.ts";
import { claimsIn } from "../kubernetes/claim.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { storageClassesIn } from "../kubernetes/storage-class.ts";
import { type Manifest, readWorkload, type Surroundings, workloadKinds } from "../kubernetes/workload.ts";
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

const defaultPeriodSeconds = 730 * 3600;

function readManifests(value: unknown, path: string, periodSeconds = defaultPeriodSeconds): Reading {
  const problems: Problem[] = [];
  const all = Array.isArray(value)
    ? value.flatMap((one, at) => objectsAt(one, pathBelow(path, [at]), problems))
    : objectsAt(value, path, problems);
  if (all.length === 0 && problems.length === 0) {
    problems.push({ code: "no_manifests", path, message: "There is no manifest here." });
  }
  const classes = storageClassesIn(all, problems);
  const surroundings: Surroundings = {
    autoscalers: autoscalersIn(all, problems),
    claims: claimsIn(all, classes, problems),
    classes,
    periodSeconds,
  };
  const read = workloadsIn(all).map((manifest) => readWorkload(manifest, surroundings));
  problems.push(...read.flatMap((one) => one.problems));
  const documents = read.flatMap((one) => one.documents);
  const used = new Set(read.flatMap((one) => one.used));
  const unclaimed = [...surroundings.claims.keys()].filter((name) => !used.has(name));
  return { documents: [...documents, ...notesOf(all, documents, unclaimed)], problems };
}

/** Of a text every document, of a list, which stands where such a text could, every item. */
function objectsAt(value: unknown, path: string, problems: Problem[]): KubernetesObject[] {
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
function objectsIn(value: unknown, path: string, problems: Problem[]): KubernetesObject[] {
  if (!isObject(value)) {
    if (value !== null) {
      const ways = typeof value === "string" ? "an object" : "an object or YAML text";
      const message = `A manifest must be ${ways}, not ${kindOf(value)}.`;
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

function workloadsIn(all: readonly KubernetesObject[]): Manifest[] {
  return all.flatMap(({ value, path }) => {
    const kind = workloadKinds.find((known) => known === value.kind);
    return kind === undefined || isOwned(value) ? [] : [{ kind, value, path }];
  });
}

/** Made by another object, which is there too where everything was exported: counted once, there. */
function isOwned({ metadata }: KubernetesObject["value"]): boolean {
  return isObject(metadata) && Array.isArray(metadata.ownerReferences) && metadata.ownerReferences.length > 0;
}

const readKinds: readonly string[] = [
  ...workloadKinds,
  "HorizontalPodAutoscaler",
  "PersistentVolumeClaim",
  "StorageClass",
];

function notesOf(
  all: readonly KubernetesObject[],
  documents: readonly Document[],
  unclaimed: readonly string[],
): Document[] {
  const unread = Map.groupBy(
    all.map(({ value }) => String(value.kind)).filter((kind) => !readKinds.includes(kind)),
    (kind) => (/^[A-Z][A-Za-z]{0,62}$/.test(kind) ? kind : "another kind"),
  );
  const kinds = [...unread].map(([kind, same]) => `${same.length} ${kind}`).sort();
  const claims = documents.flatMap((one) => (one.kind === "service" ? (one.service.claims ?? []) : []));
  const onNodes =
    "As configured, manifests run on EKS with nodes on EC2. On ECS a pod is a task with a network interface of its own, its CPU rounded up to whole CPU units.";
  const onEcs =
    "Block volumes that pods claim cost the same wherever they run. ECS ends a task's volume with the task, while a claim's stays. Pods that share one are not kept on one node, nor pods in the zone of theirs.";
  const notes: readonly (readonly [code: string, text: string, applies: boolean])[] = [
    ["manifests_on_nodes", onNodes, documents.length > 0],
    ["claims_outlive_pods", onEcs, claims.some(({ volume, kept }) => volume !== null && kept !== "with each")],
    ["manifests_not_priced", `Of the manifests these are not priced: ${kinds.join(", ")}.`, kinds.length > 0],
    [
      "claims_not_priced",
      `The storage of ${unclaimed.length} PersistentVolumeClaim that no pod uses is not priced.`,
      unclaimed.length > 0,
    ],
  ];
  return notes.filter(([, , applies]) => applies).map(([code, said]) => ({ kind: "note", code, text: said }));
}
