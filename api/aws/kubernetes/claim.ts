import type { z } from "zod";
import type { Problem } from "../../core/model/problem.ts";
import { fieldPath } from "../../core/model/problem.ts";
import type { VolumeSpecification } from "../../core/model/settings.ts";
import type { StorageClaim, Volume } from "../../core/model/workload.ts";
import { fieldsOf, listOf, objectOf, problemsOf, text } from "../documents/fields.ts";
import { defaultNamespace, type KubernetesObject, objectName } from "./object.ts";
import { memoryQuantity } from "./quantity.ts";
import { type BlockClass, blockClass, classNamed, type StorageClass, type StorageClasses } from "./storage-class.ts";

/** Source: core/v1 PersistentVolumeClaimSpec. */
export const claimSpec = objectOf({
  storageClassName: text(253),
  accessModes: listOf(text()),
  volumeMode: text(),
  resources: objectOf({ requests: objectOf({ storage: memoryQuantity() }) }),
});

type ClaimSpec = z.output<typeof claimSpec>;

/** A claim as pods see it. */
export interface ReadClaim {
  readonly kind: Volume["kind"];
  /** Null: it is not priced. */
  readonly claim: StorageClaim | null;
  /** Why not, going on from the claim's name; null where it is. */
  readonly unpriced: string | null;
  /** What it is taken to be since it names no class and none is the default; null: it is said. */
  readonly assumed: string | null;
}

/** A claim that no manifest defines. */
export const undefinedClaim: ReadClaim = {
  kind: "configured-at-launch",
  claim: null,
  unpriced: "no manifest defines it",
  assumed: null,
};

const document = fieldsOf({ metadata: objectName, spec: claimSpec });

/** Every PersistentVolumeClaim, by `namespace/name`. */
export function claimsIn(
  all: readonly KubernetesObject[],
  classes: StorageClasses,
  problems: Problem[],
): ReadonlyMap<string, ReadClaim> {
  const found = new Map<string, ReadClaim>();
  for (const { value, path } of all.filter((one) => one.value.kind === "PersistentVolumeClaim")) {
    const parsed = document.safeParse(value);
    if (!parsed.success) problems.push(...problemsOf(parsed.error, path));
    const { metadata, spec } = parsed.data ?? { metadata: null, spec: null };
    const name = `${metadata?.namespace ?? defaultNamespace}/${metadata?.name}`;
    found.set(name, readClaim(spec, { name, path: fieldPath(path, "spec"), kept: "for all", classes }));
  }
  return found;
}

const manyNodesModes = ["ReadWriteMany", "ReadOnlyMany"];

export function readClaim(
  spec: ClaimSpec,
  given: Pick<StorageClaim, "name" | "path" | "kept"> & { readonly classes: StorageClasses },
): ReadClaim {
  const { classes, ...claim } = given;
  const manyNodes = spec?.accessModes.some((mode) => manyNodesModes.includes(mode ?? "")) ?? false;
  const className = spec?.storageClassName ?? null;
  const said = className === null ? classes.unnamed : classNamed(className, classes);
  const of: StorageClass = said ?? (manyNodes ? { kind: "file-system" } : blockClass("gp3"));
  const assumed =
    said !== null ? null : of.kind === "block" ? `an EBS volume of type ${of.type}` : "an EFS file system";
  const kind = of.kind === "file-system" ? "efs" : "configured-at-launch";
  const not = (unpriced: string): ReadClaim => ({ kind, claim: null, unpriced, assumed: null });
  if (of.kind === "unknown") return not("its class is neither of EBS nor of EFS");
  const sizeMiB = spec?.resources?.requests?.storage ?? 0;
  if (sizeMiB === 0) return not("it does not say its size");
  const volume = of.kind === "block" ? volumeOf(of, sizeMiB) : null;
  // EBS attaches raw io2 volumes to many instances (Multi-Attach).
  const isRaw = spec?.volumeMode === "Block" && volume?.type === "io2";
  return { kind, claim: { ...claim, manyNodes: manyNodes && !isRaw, sizeMiB, volume }, unpriced: null, assumed };
}

/** Volumes have whole GiB. */
function volumeOf({ type, iops, iopsPerGiB, throughputMiBps }: BlockClass, sizeMiB: number): VolumeSpecification {
  const sizeGiB = Math.ceil(sizeMiB / 1024);
  return { type, sizeGiB, iops: iops ?? (iopsPerGiB === null ? null : iopsPerGiB * sizeGiB), throughputMiBps };
}
