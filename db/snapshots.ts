import { desc, eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import { snapshot } from "./schema.ts";

export interface Snapshot {
  /** What was known at this snapshot is every row with a number up to this one. */
  readonly number: number;
  readonly id: string;
  readonly description: string;
  readonly loadedAt: Date;
}

/** The snapshot with this id, or the latest; null where there is none. */
export async function findSnapshot(database: Database, id?: string): Promise<Snapshot | null> {
  const chosen = id === undefined ? undefined : eq(snapshot.id, id);
  const found = await database.select().from(snapshot).where(chosen).orderBy(desc(snapshot.number)).limit(1);
  return found[0] ?? null;
}
