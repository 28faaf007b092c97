import { and, desc, eq, gt, isNull, lt } from "drizzle-orm";
import { eraseItemsOf } from "./batches.ts";
import { eraseComparisonsOf } from "./comparisons.ts";
import type { Database } from "./database.ts";
import { workload, workloadVersion } from "./kept-schema.ts";
import { lockWorkload } from "./workload-lock.ts";

export interface WorkloadVersion {
  readonly name: string;
  readonly version: number;
  /** An instant (ISO). */
  readonly storedAt: string;
  /** Of what the body says. */
  readonly digest: string;
}

export interface SavedWorkload extends WorkloadVersion {
  /** JSON, redacted. */
  readonly body: string;
}

/** Whether what is asked may be done, where this version is the latest; null: there is no such workload. */
export type Condition = (latest: WorkloadVersion | null) => boolean;

export interface Stored {
  readonly outcome: "created" | "changed" | "unchanged";
  readonly latest: WorkloadVersion;
}

/** Keeps a request under a name, as a version of its own where it says anything else than the latest. Null: the condition is not met. */
export async function storeWorkload(
  database: Database,
  { name, body, digest }: Pick<SavedWorkload, "name" | "body" | "digest">,
  condition: Condition,
): Promise<Stored | null> {
  return await database.transaction(async (transaction): Promise<Stored | null> => {
    await lockWorkload(transaction, name);
    const latest = await findWorkload(transaction, name);
    if (!condition(latest)) return null;
    if (latest?.digest === digest) return { outcome: "unchanged", latest };
    const [last] = await transaction.select().from(workload).where(eq(workload.name, name));
    const version = (last?.version ?? 0) + 1;
    const values = { version, deletedAt: null };
    await transaction
      .insert(workload)
      .values({ name, ...values })
      .onConflictDoUpdate({ target: workload.name, set: values });
    await transaction.insert(workloadVersion).values({ workload: name, version, body, digest });
    const stored = await findWorkload(transaction, name);
    if (stored === null) throw new Error("The version that was just written is not there");
    return { outcome: latest === null ? "created" : "changed", latest: stored };
  });
}

const versionFields = {
  name: workload.name,
  version: workloadVersion.version,
  storedAt: workloadVersion.storedAt,
  digest: workloadVersion.digest,
};

/** The latest version, or the one of the number. Null: there is none. */
export async function findWorkload(database: Database, name: string, version?: number): Promise<SavedWorkload | null> {
  // Postgres takes a null character for a mistake.
  if (name.includes("\0")) return null;
  const [found] = await database
    .select({ ...versionFields, body: workloadVersion.body })
    .from(workload)
    .innerJoin(workloadVersion, eq(workloadVersion.workload, workload.name))
    .where(
      and(
        eq(workload.name, name),
        isNull(workload.deletedAt),
        eq(workloadVersion.version, version ?? workload.version),
      ),
    );
  return found === undefined ? null : { ...found, storedAt: found.storedAt.toISOString() };
}

export interface Page<After> {
  /** Null: the first. */
  readonly after: After | null;
  readonly limit: number;
}

/** The latest version of each, in order of their names; one more than a page holds tells that there is another. */
export async function listWorkloads(database: Database, { after, limit }: Page<string>): Promise<WorkloadVersion[]> {
  const found = await database
    .select(versionFields)
    .from(workload)
    .innerJoin(
      workloadVersion,
      and(eq(workloadVersion.workload, workload.name), eq(workloadVersion.version, workload.version)),
    )
    .where(and(isNull(workload.deletedAt), after === null ? undefined : gt(workload.name, after)))
    .orderBy(workload.name)
    .limit(limit);
  return found.map((one) => ({ ...one, storedAt: one.storedAt.toISOString() }));
}

/** The versions of a workload, the latest first. */
export async function listVersions(
  database: Database,
  name: string,
  { after, limit }: Page<number>,
): Promise<WorkloadVersion[]> {
  const found = await database
    .select(versionFields)
    .from(workload)
    .innerJoin(workloadVersion, eq(workloadVersion.workload, workload.name))
    .where(
      and(
        eq(workload.name, name),
        isNull(workload.deletedAt),
        after === null ? undefined : lt(workloadVersion.version, after),
      ),
    )
    .orderBy(desc(workloadVersion.version))
    .limit(limit);
  return found.map((one) => ({ ...one, storedAt: one.storedAt.toISOString() }));
}

export type Deletion = "done" | "missing" | "refused";

/** It is found no more; its versions and what was made from it stay, until it is purged. */
export async function deleteWorkload(database: Database, name: string, condition: Condition): Promise<Deletion> {
  return await database.transaction(async (transaction): Promise<Deletion> => {
    await lockWorkload(transaction, name);
    const latest = await findWorkload(transaction, name);
    if (latest === null) return "missing";
    if (!condition(latest)) return "refused";
    await transaction.update(workload).set({ deletedAt: new Date() }).where(eq(workload.name, name));
    return "done";
  });
}

/** Erases every version, also of one that was deleted, every comparison that was made from it alone, and what batches hold of it. */
export async function purgeWorkload(database: Database, name: string, condition: Condition): Promise<Deletion> {
  return await database.transaction(async (transaction): Promise<Deletion> => {
    await lockWorkload(transaction, name);
    const [last] = await transaction.select().from(workload).where(eq(workload.name, name));
    if (last === undefined) return "missing";
    if (!condition(await findWorkload(transaction, name))) return "refused";
    await eraseItemsOf(transaction, name);
    await eraseComparisonsOf(transaction, name);
    await transaction.delete(workload).where(eq(workload.name, name));
    return "done";
  });
}
