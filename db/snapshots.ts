import { desc, eq } from "drizzle-orm";
import type { Result } from "../api/core/model/problem.ts";
import type { Database } from "./database.ts";
import { snapshot } from "./schema.ts";

export interface Snapshot {
  /** What was known at this snapshot is every row with a number up to this one. */
  readonly number: number;
  readonly id: string;
  /** Id of the one before it; null: the first, or one from before that was recorded. */
  readonly parent: string | null;
  readonly description: string;
  readonly loadedAt: Date;
}

/** The snapshot with this id, or the latest; null where there is none. */
export async function findSnapshot(database: Database, id?: string): Promise<Snapshot | null> {
  const chosen = id === undefined ? undefined : eq(snapshot.id, id);
  const found = await database.select().from(snapshot).where(chosen).orderBy(desc(snapshot.number)).limit(1);
  return found[0] ?? null;
}

/** Problem: `snapshot_unknown`. */
export async function askedSnapshot(database: Database, id: string | null): Promise<Result<Snapshot>> {
  const found = await findSnapshot(database, id ?? undefined);
  if (found !== null) return { ok: true, value: found };
  const message = `There is no price snapshot ${id ?? "yet"}.`;
  return { ok: false, problems: [{ code: "snapshot_unknown", path: "snapshot", message }] };
}

/** By number. */
export async function snapshotIds(database: Database): Promise<Map<number, string>> {
  const rows = await database.select({ number: snapshot.number, id: snapshot.id }).from(snapshot);
  return new Map(rows.map(({ number, id }) => [number, id]));
}
