import { asc, lte } from "drizzle-orm";
import type { TaskSize } from "../api/core/model/price-book.ts";
import type { Cite } from "./citations.ts";
import type { Database } from "./database.ts";
import { taskSize } from "./schema.ts";

/** Accepted task sizes as known at the snapshot with this number, by CPU, then memory. */
export async function readTaskSizes(
  database: Database,
  where: { readonly snapshotNumber: number; readonly cite: Cite },
): Promise<TaskSize[]> {
  const rows = await database
    .select()
    .from(taskSize)
    .where(lte(taskSize.snapshot, where.snapshotNumber))
    .orderBy(asc(taskSize.cpuUnits), asc(taskSize.memoryMiB), asc(taskSize.snapshot));
  const newest = new Map(rows.map((row) => [`${row.cpuUnits} ${row.memoryMiB}`, row]));
  return [...newest.values()].map((row) => ({
    cpuUnits: row.cpuUnits,
    memoryMiB: row.memoryMiB,
    operatingSystems: row.operatingSystems.split(";").map(operatingSystem),
    source: where.cite(row),
  }));
}

function operatingSystem(name: string): "linux" | "windows" {
  if (name === "linux" || name === "windows") return name;
  throw new Error(`A task size names the unknown operating system ${name}`);
}
