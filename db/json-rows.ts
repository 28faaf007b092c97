import { type GetColumnData, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

type Columns = Readonly<Record<string, AnyPgColumn>>;
export type RowOf<C extends Columns> = { readonly [Name in keyof C]: GetColumnData<C[Name]> };

export interface JsonRows<C extends Columns> {
  /** To select: all rows of the query as one text. */
  readonly selection: { readonly json: SQL<string | null> };
  /** What was selected, as rows again. */
  rows(selected: readonly { readonly json: string | null }[]): RowOf<C>[];
}

/**
 * Columns of many rows as one JSON text: for thousands of rows several times as fast as row by row, which the drivers decode field by
 * field. Numerics come as text, with all their digits. `within` is the subquery to take the columns from, if there is one.
 */
export function jsonRows<C extends Columns>(
  columns: C,
  within: { readonly [Name in keyof C]: AnyPgColumn } = columns,
): JsonRows<C> {
  const names: (keyof C)[] = Object.keys(columns);
  const values = names.map((name) => asText(within[name]));
  return {
    selection: { json: sql<string | null>`json_agg(json_build_array(${sql.join(values, sql`, `)}))::text` },
    rows: (selected) => {
      const tuples = JSON.parse(selected[0]?.json ?? "[]") as unknown[][];
      return tuples.map((tuple) => toRow(names, tuple) as RowOf<C>);
    },
  };
}

function toRow(names: readonly PropertyKey[], tuple: readonly unknown[]): object {
  const row: Record<PropertyKey, unknown> = {};
  for (const [at, name] of names.entries()) row[name] = tuple[at];
  return row;
}

function asText(column: AnyPgColumn): SQL {
  return column.columnType === "PgNumeric" ? sql`${column}::text` : sql`${column}`;
}
