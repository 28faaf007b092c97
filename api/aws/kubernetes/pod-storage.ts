import type { z } from "zod";
import type { ServiceDocument } from "../../core/model/document.ts";
import { pathBelow } from "../../core/model/field.ts";
import type { StorageClaim, Volume } from "../../core/model/workload.ts";
import { listOf, objectOf } from "../documents/fields.ts";
import { claimSpec, type ReadClaim, readClaim, undefinedClaim } from "./claim.ts";
import { objectName } from "./object.ts";
import type { PodSpec } from "./pod-spec.ts";
import type { StorageClasses } from "./storage-class.ts";

export const claimTemplates = listOf(objectOf({ metadata: objectName, spec: claimSpec }));

/** What is claimed where, by whom. */
export interface ClaimsAround {
  /** By `namespace/name`. */
  readonly claims: ReadonlyMap<string, ReadClaim>;
  readonly classes: StorageClasses;
}

export interface PodStorage {
  readonly volumes: readonly Volume[];
  readonly claims: readonly StorageClaim[];
  /** Claims with a name of their own that it uses, as `namespace/name`. */
  readonly used: readonly string[];
  /** What emptyDir volumes may fill of the node's disk, of those that say. */
  readonly emptyDirMiB: number;
  readonly notes: ServiceDocument["notes"];
}

interface Owner {
  readonly namespace: string;
  readonly family: string;
  readonly path: string;
  readonly podPath: string;
  readonly templates: z.output<typeof claimTemplates>;
}

interface OwnerAmong extends Owner {
  readonly around: ClaimsAround;
}

interface Mounted {
  /** As its manifest has it. */
  readonly name: string;
  readonly volume: Volume;
  readonly read: ReadClaim | null;
  readonly used: string | null;
}

/** Volumes of a workload's pods: their own, those they claim by name, and those that a StatefulSet claims for each of them. */
export function podStorage(spec: PodSpec, of: Owner, around: ClaimsAround): PodStorage {
  const owner = { ...of, around };
  const mounted = [
    ...spec.volumes.flatMap((volume, at) => mountedVolume(volume, owner, pathBelow(owner.podPath, ["volumes", at]))),
    ...owner.templates.flatMap((template, at): Mounted[] => {
      const name = template?.metadata?.name ?? `template-${at + 1}`;
      const path = pathBelow(owner.path, ["spec", "volumeClaimTemplates", at, "spec"]);
      return [claimed(name, name, readClaim(template?.spec ?? null, ofEach(owner, { name, path, kept: "for each" })))];
    }),
  ];
  const claims = mounted.flatMap(({ read }) => (read?.claim ? [read.claim] : []));
  const limits = spec.volumes.map((volume) =>
    volume?.emptyDir?.medium === "Memory" ? 0 : (volume?.emptyDir?.sizeLimit ?? 0),
  );
  return {
    volumes: mounted.map(({ volume }) => volume),
    // A pod may mount one claim more than once.
    claims: [...new Map(claims.map((claim) => [claim.name, claim])).values()],
    used: mounted.flatMap(({ used }) => (used === null ? [] : [used])),
    emptyDirMiB: limits.reduce((sum, limit) => sum + limit, 0),
    notes: notesOf(mounted),
  };
}

function mountedVolume(volume: PodSpec["volumes"][number], owner: OwnerAmong, path: string): Mounted[] {
  if (volume === null) return [];
  const name = volume.name ?? "";
  const plain = (kind: Volume["kind"]): Mounted[] => [{ name, volume: { name, kind }, read: null, used: null }];
  if (volume.hostPath) return plain("host");
  const template = volume.ephemeral?.volumeClaimTemplate ?? null;
  if (template !== null) {
    const at = pathBelow(path, ["ephemeral", "volumeClaimTemplate", "spec"]);
    return [claimed(name, name, readClaim(template.spec, ofEach(owner, { name, path: at, kept: "with each" })))];
  }
  const claimName = volume.persistentVolumeClaim?.claimName ?? null;
  if (claimName === null) return plain("bind");
  const full = `${owner.namespace}/${claimName}`;
  return [{ ...claimed(claimName, name, owner.around.claims.get(full) ?? undefinedClaim), used: full }];
}

function claimed(name: string, volume: string, read: ReadClaim): Mounted {
  return { name, volume: { name: volume, kind: read.kind }, read, used: null };
}

function ofEach({ family, around }: OwnerAmong, claim: Pick<StorageClaim, "name" | "path" | "kept">) {
  return { ...claim, name: `${family}/${claim.name}`, classes: around.classes };
}

function notesOf(mounted: readonly Mounted[]): ServiceDocument["notes"] {
  const unpriced = mounted.flatMap(({ name, read }) => (read?.unpriced ? [`${name} (${read.unpriced})`] : []));
  const assumed = Map.groupBy(
    mounted.filter(({ read }) => read?.assumed),
    ({ read }) => read?.assumed ?? "",
  );
  return [
    ...(unpriced.length === 0
      ? []
      : [{ code: "volumes_not_priced", text: `the storage of its claims is not priced: ${unpriced.join(", ")}.` }]),
    ...[...assumed].map(([what, same]) => {
      const names = [...new Set(same.map(({ name }) => name))].join(", ");
      const text = `no class is named by its claims ${names}, and no manifest has a default: each is taken to be ${what}.`;
      return { code: "claim_class_assumed", text };
    }),
  ];
}
