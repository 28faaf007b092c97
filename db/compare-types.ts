import { getTableColumns, inArray } from "drizzle-orm";
import { Exact } from "../api/core/model/exact.ts";
import type { Cite } from "./citations.ts";
import type { Database } from "./database.ts";
import { instanceType } from "./schema.ts";
import type { StagedType } from "./staged-part.ts";

type TypeRow = typeof instanceType.$inferSelect;
/** A row to add; `source` is the whole citation. */
export type NewType = Omit<TypeRow, "snapshot">;

export interface TypeChanges {
  readonly additions: readonly NewType[];
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What the staged descriptions of instance types change. What a source leaves out stays as it was known. */
export async function compareTypes(
  database: Database,
  staged: readonly StagedType[],
  cite: Cite,
): Promise<TypeChanges> {
  const known = await readKnown(database, staged);
  const additions: NewType[] = [];
  const counts = { new: 0, changed: 0, unchanged: 0 };
  for (const type of new Map(staged.map((each) => [each.name, each])).values()) {
    const before = known.get(type.name);
    if (before !== undefined && facts.every((name) => agrees(before[name], type[name]))) {
      counts.unchanged++;
      continue;
    }
    counts[before === undefined ? "new" : "changed"]++;
    const kept = before === undefined ? "" : `; what that leaves out: ${cite(before)}`;
    additions.push({ ...nothing, ...before, ...said(type), note: null, source: `${type.source}${kept}` });
  }
  return { additions, ...counts };
}

const columns = getTableColumns(instanceType);
const names = Object.keys(columns) as (keyof TypeRow)[];
/** All but what says where and when it was read. */
const facts = names.filter((name) => !["snapshot", "asOf", "source", "note"].includes(name));
const nothing = Object.fromEntries(names.map((name) => [name, null])) as unknown as TypeRow;

async function readKnown(database: Database, staged: readonly StagedType[]): Promise<Map<string, TypeRow>> {
  if (staged.length === 0) return new Map();
  const asked = staged.map(({ name }) => name);
  const rows = await database
    .select()
    .from(instanceType)
    .where(inArray(instanceType.name, asked))
    .orderBy(instanceType.snapshot);
  return new Map(rows.map((row) => [row.name, row]));
}

function said(type: StagedType): StagedType {
  return Object.fromEntries(Object.entries(type).filter(([, value]) => value !== null)) as StagedType;
}

/** Numbers may be written in more ways than one. */
function agrees(before: unknown, now: unknown): boolean {
  if (now === null || now === undefined || before === now) return true;
  const both = [before, now].map(String);
  return both.every((text) => /^\d+(\.\d+)?$/.test(text)) && new Exact(both[0] ?? 0).eq(both[1] ?? 0);
}
