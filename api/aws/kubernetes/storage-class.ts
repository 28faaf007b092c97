import { fieldPath, type Problem } from "../../core/model/problem.ts";
import { choice, fieldsOf, flag, objectOf, problemsOf, text, whole } from "../documents/fields.ts";
import type { KubernetesObject } from "./object.ts";

/** What volumes of a class are. */
export type StorageClass = BlockClass | { readonly kind: "file-system" } | { readonly kind: "unknown" };

export interface BlockClass {
  readonly kind: "block";
  readonly type: string;
  readonly iops: number | null;
  readonly iopsPerGiB: number | null;
  readonly throughputMiBps: number | null;
}

export interface StorageClasses {
  readonly byName: ReadonlyMap<string, StorageClass>;
  /** Of claims that name no class; null: no manifest says. */
  readonly unnamed: StorageClass | null;
}

/**
 * Drivers of EBS and the type that each makes unless told.
 * Source: kubernetes-sigs/aws-ebs-csi-driver docs/parameters.md; EKS user guide, create-storage-class; Kubernetes 1.26 storage classes, AWS EBS.
 */
const blockDrivers: Readonly<Record<string, string>> = {
  "ebs.csi.aws.com": "gp3",
  "ebs.csi.eks.amazonaws.com": "gp3",
  "kubernetes.io/aws-ebs": "gp2",
};
const fileSystemDriver = "efs.csi.aws.com";

const storageClass = fieldsOf({
  metadata: objectOf({
    name: text(253),
    annotations: objectOf({ "storageclass.kubernetes.io/is-default-class": flag() }),
  }),
  provisioner: text(253),
});

const amount = (unit: string) => whole({ min: 0, max: 1_000_000, unit });

/** Read of EBS classes only: what others mean by these words is theirs. */
const blockParameters = fieldsOf({
  parameters: objectOf({
    type: choice(["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"]),
    iops: amount("IOPS"),
    iopsPerGB: amount("IOPS"),
    throughput: amount("MiB/s"),
  }),
});

/** What EBS volumes of a type are where nothing else is said of them. */
export function blockClass(type: string): BlockClass {
  return { kind: "block", type, iops: null, iopsPerGiB: null, throughputMiBps: null };
}

/** Named by EKS itself, whether or not a manifest has them. */
const named: ReadonlyMap<string, StorageClass> = new Map(["gp2", "gp3"].map((type) => [type, blockClass(type)]));

export function storageClassesIn(all: readonly KubernetesObject[], problems: Problem[]): StorageClasses {
  const byName = new Map(named);
  let unnamed: StorageClass | null = null;
  for (const { value, path } of all.filter((one) => one.value.kind === "StorageClass")) {
    const parsed = storageClass.safeParse(value);
    if (!parsed.success) problems.push(...problemsOf(parsed.error, path));
    const { metadata, provisioner } = parsed.data ?? { metadata: null, provisioner: null };
    if (metadata?.name == null) continue;
    const read = classOf(provisioner ?? "", { value, path }, problems);
    byName.set(metadata.name, read);
    if (metadata.annotations?.["storageclass.kubernetes.io/is-default-class"]) unnamed = read;
  }
  return { byName, unnamed };
}

function classOf(provisioner: string, { value, path }: KubernetesObject, problems: Problem[]): StorageClass {
  if (provisioner === fileSystemDriver) return { kind: "file-system" };
  const usual = blockDrivers[provisioner];
  if (usual === undefined) return { kind: "unknown" };
  const parsed = blockParameters.safeParse(value);
  if (!parsed.success) problems.push(...problemsOf(parsed.error, path));
  const { type, iops, iopsPerGB, throughput } = parsed.data?.parameters ?? {};
  if ((type === "io1" || type === "io2") && iops == null && iopsPerGB == null) {
    const message = `iops is missing: EBS makes no ${type} volume without it. Say iops or iopsPerGB.`;
    problems.push({ code: "required", path: fieldPath(path, "parameters.iops"), message });
  }
  return {
    kind: "block",
    type: type ?? usual,
    iops: iops ?? null,
    iopsPerGiB: iopsPerGB ?? null,
    throughputMiBps: throughput ?? null,
  };
}

/** By its name, even where no manifest defines it: EKS's own, and those that are called after EFS. */
export function classNamed(name: string, { byName }: StorageClasses): StorageClass {
  return byName.get(name) ?? { kind: /efs/i.test(name) ? "file-system" : "unknown" };
}
