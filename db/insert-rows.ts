import { getTableColumns, type InferInsertModel, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "./database.ts";

/** Of one statement, whose rows travel as one text. */
const rowsMax = 5000;

/** Many rows at once: several times as fast as with a parameter for each field, and without their limit. */
export async function insertRows<T extends PgTable>(
  database: Database,
  table: T,
  rows: readonly InferInsertModel<T>[],
): Promise<void> {
  const columns = Object.entries(getTableColumns(table));
  for (let start = 0; start < rows.length; start += rowsMax) {
    const named = rows.slice(start, start + rowsMax).map((row) => {
      const fields: Readonly<Record<string, unknown>> = row;
      return Object.fromEntries(columns.map(([field, { name }]) => [name, fields[field] ?? null]));
    });
    const json = JSON.stringify(named);
    await database.execute(
      sql`insert into ${table} select * from json_populate_recordset(null::${table}, ${json}::json)`,
    );
  }
}
