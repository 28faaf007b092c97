import { and, desc, eq, notInArray, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { insertRows } from "./insert-rows.ts";
import { price, snapshot, source } from "./schema.ts";

/** The snapshot that a transaction writes. */
export interface NewSnapshot {
  readonly number: number;
  readonly parent: string | null;
}

/** Until the end of the transaction nobody else writes a snapshot: two writers take turns, and the second sees what the first wrote. */
export async function lockSnapshots(transaction: Database): Promise<void> {
  await transaction.execute(sql`lock table ${snapshot} in share row exclusive mode`);
}

/** A snapshot to add rows to, in a transaction that holds the lock. Null: there is one with this id, and so with this content. */
export async function startSnapshot(
  transaction: Database,
  { id, description }: { readonly id: string; readonly description: string },
): Promise<NewSnapshot | null> {
  const known = await transaction.select().from(snapshot).where(eq(snapshot.id, id));
  if (known.length > 0) return null;
  const [latest] = await transaction.select().from(snapshot).orderBy(desc(snapshot.number)).limit(1);
  const parent = latest?.id ?? null;
  const written = { id, description, parent };
  const [added] = await transaction.insert(snapshot).values(written).returning({ number: snapshot.number });
  if (added === undefined) throw new Error("A snapshot that was inserted has no number");
  return { number: added.number, parent };
}

/** Citations as sources of the snapshot: the id of each. */
export class SourceIds {
  readonly #ids = new Map<string, string>();

  of(citation: string): string {
    const id = this.#ids.get(citation) ?? `${this.#ids.size + 1}`;
    this.#ids.set(citation, id);
    return id;
  }

  /** Once all of them are known. */
  async write(transaction: Database, snapshotNumber: number): Promise<void> {
    const rows = [...this.#ids].map(([citation, id]) => ({ snapshot: snapshotNumber, id, citation }));
    await insertRows(transaction, source, rows);
  }
}

/** Every price of the snapshot names sources of it. Foreign keys would tell the same, but row by row they double the time of loading. */
export async function refuseUnknownSources(transaction: Database, snapshotNumber: number): Promise<void> {
  const known = transaction.select({ id: source.id }).from(source).where(eq(source.snapshot, snapshotNumber));
  const unknown = await transaction
    .selectDistinct({ source: price.source })
    .from(price)
    .where(and(eq(price.snapshot, snapshotNumber), notInArray(price.source, known)));
  if (unknown.length > 0)
    throw new Error(`Prices name unknown sources: ${unknown.map((row) => row.source).join(", ")}`);
}
