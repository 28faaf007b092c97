import { lte } from "drizzle-orm";
import type { Database } from "./database.ts";
import { source } from "./schema.ts";

/** The full text of the sources that a row of a snapshot names by id, `;` between several. */
export type Cite = (row: { readonly snapshot: number; readonly source: string }) => string;

/** As known at the snapshot with this number. */
export async function readCitations(database: Database, snapshotNumber: number): Promise<Cite> {
  const rows = await database.select().from(source).where(lte(source.snapshot, snapshotNumber));
  const citations = new Map(rows.map((row) => [key(row.snapshot, row.id), row.citation]));
  return (row) => {
    const known = citations.get(key(row.snapshot, row.source));
    if (known !== undefined) return known;
    const text = row.source.split(";").map((id) => citations.get(key(row.snapshot, id)) ?? id);
    // Thousands of rows share a handful of combinations.
    citations.set(key(row.snapshot, row.source), text.join("; "));
    return text.join("; ");
  };
}

const key = (snapshotNumber: number, id: string) => `${snapshotNumber} ${id}`;
