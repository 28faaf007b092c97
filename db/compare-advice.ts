import { eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import { spotAdvice } from "./schema.ts";
import type { StagedAdvice } from "./staged-part.ts";

/** A row to add; `source` is the whole citation. */
export type NewAdvice = Omit<typeof spotAdvice.$inferSelect, "snapshot">;

export interface AdviceChanges {
  readonly additions: readonly NewAdvice[];
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Instance types of which there is advice that was not read again. */
  readonly missing: readonly string[];
}

/** What was read of a region's Spot advice, beside the newest known: the same discount and band make no row. */
export async function compareAdvice(
  database: Database,
  { region, staged }: { readonly region: string; readonly staged: readonly StagedAdvice[] },
): Promise<AdviceChanges> {
  const counts = { new: 0, changed: 0, unchanged: 0 };
  if (staged.length === 0) return { additions: [], ...counts, missing: [] };
  const rows = await database
    .select()
    .from(spotAdvice)
    .where(eq(spotAdvice.region, region))
    .orderBy(spotAdvice.snapshot);
  const known = new Map(rows.map((row) => [row.instanceType, row]));
  const read = new Map(staged.map((row) => [row.instanceType, row]));
  const additions: NewAdvice[] = [];
  for (const row of read.values()) {
    const before = known.get(row.instanceType);
    const same = before?.savingsPercent === row.savingsPercent && before.interruptionBand === row.interruptionBand;
    if (!same) additions.push({ ...row, region });
    counts[before === undefined ? "new" : same ? "unchanged" : "changed"]++;
  }
  return { additions, ...counts, missing: [...known.keys()].filter((type) => !read.has(type)).sort() };
}
