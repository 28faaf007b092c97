import { type GetColumnData, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

type Columns = Readonly<Record<string, AnyPgColumn>>;
export type RowOf<C extends Columns> = { readonly [Name in keyof C]: GetColumnData<C[Name]> };

export interface PackedRows<C extends Columns> {
  /** To select: all rows of the query as one text. */
  readonly selection: { readonly packed: SQL<string | null> };
  /** What was selected, as rows again. */
  rows(selected: readonly { readonly packed: string | null }[]): RowOf<C>[];
}

/** ASCII's own separators of records and of fields, which no text of ours has in it. */
const [recordEnd, fieldEnd] = ["\x1e", "\x1f"];

/**
 * Columns of many rows as one text: for thousands of rows several times as fast as row by row, which the drivers decode field by
 * field, and half the work of JSON for the server. Numerics stay text, with all their digits; an empty text is null. `within` is the
 * subquery to take the columns from, if there is one.
 */
export function packedRows<C extends Columns>(
  columns: C,
  within: { readonly [Name in keyof C]: AnyPgColumn } = columns,
): PackedRows<C> {
  const names: (keyof C)[] = Object.keys(columns);
  const fields = sql.join(
    names.map((name) => sql`${within[name]}`),
    sql`, ${sql.raw(`e'\\x1f'`)}, `,
  );
  const read = names.map((name) => fromText(columns[name]));
  return {
    selection: { packed: sql<string | null>`string_agg(concat(${fields}), ${sql.raw(`e'\\x1e'`)})` },
    rows: (selected) => {
      const text = selected[0]?.packed ?? null;
      if (text === null) return [];
      return text.split(recordEnd).map((record) => toRow(names, record.split(fieldEnd), read) as RowOf<C>);
    },
  };
}

type FromText = (text: string) => unknown;

function toRow(names: readonly PropertyKey[], texts: readonly string[], read: readonly FromText[]): object {
  if (texts.length !== names.length) throw new Error("A value has a separator of packed rows in it");
  const row: Record<PropertyKey, unknown> = {};
  for (const [at, name] of names.entries()) row[name] = texts[at] === "" ? null : read[at]?.(texts[at] ?? "");
  return row;
}

function fromText(column: AnyPgColumn | undefined): FromText {
  if (column?.columnType === "PgInteger") return Number;
  return column?.columnType === "PgBoolean" ? (text) => text === "t" : (text) => text;
}
