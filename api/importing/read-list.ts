import { bodyChunks } from "../batching/body-lines.ts";
import { type ColumnName, columnNames } from "./columns.ts";
import { csvTable } from "./csv-table.ts";
import { findHeader, headerRowsMax } from "./header.ts";
import { type ListProblem, located } from "./list-problem.ts";
import { withoutMerged } from "./merged-cells.ts";
import { type NumberStyle, numberStyle } from "./numbers.ts";
import { type ReadRow, type RowStyle, readRow } from "./read-row.ts";
import type { ListFormat, RowRead } from "./service-row.ts";
import { type Table, type TableRow, UnreadableList } from "./table.ts";

export const csvMebibytesMax = 100;
const csvRowsMax = 200_000;
export const workbookMebibytesMax = 20;
const workbookRowsMax = 100_000;

/**
 * The services of a list, row by row; empty rows are left out. A CSV is read as it comes, a workbook once it is there. Where the list
 * cannot be read, or not from some row on, what is wrong comes as a last row. Throws `BodyTooLarge` and `BodyIncomplete`.
 */
export async function* readList(body: ReadableStream<Uint8Array>, format: ListFormat): AsyncGenerator<RowRead> {
  let sheet: string | null = null;
  try {
    const numbers = numbersOf(format.locale);
    const table = await tableOf(body, format);
    sheet = table.sheet;
    for await (const row of rowsOf(table, format, numbers))
      yield row.ok ? { ...row, sheet } : failed(row.problems, sheet);
  } catch (error) {
    if (!(error instanceof UnreadableList)) throw error;
    yield failed([{ code: error.code, message: error.message, row: error.row, column: null }], sheet);
  }
}

function failed(problems: readonly ListProblem[], sheet: string | null): RowRead {
  return { ok: false, problems: problems.map((problem) => located(problem, sheet)) };
}

function numbersOf(locale: string | null): NumberStyle | null {
  if (locale === null) return null;
  const style = numberStyle(locale);
  if (style !== null) return style;
  const message = "Nothing is known of how the declared locale writes numbers. Declare one such as en, de or fr-CH.";
  throw new UnreadableList(message, { code: "unknown_locale" });
}

async function tableOf(body: ReadableStream<Uint8Array>, { mediaType, encoding, sheet }: ListFormat): Promise<Table> {
  if (mediaType === "text/csv") return csvTable(bodyChunks(body, csvMebibytesMax * mebibyte), encoding);
  // Loaded when the first workbook comes: it would make every start longer.
  const { workbookTable } = await import("./workbook-table.ts");
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(body, workbookMebibytesMax * mebibyte)) chunks.push(chunk);
  return await workbookTable(new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer()), sheet);
}

const mebibyte = 1024 * 1024;

async function* rowsOf(table: Table, format: ListFormat, numbers: NumberStyle | null): AsyncGenerator<ReadRow> {
  const rows = table.rows[Symbol.asyncIterator]();
  try {
    const { first, failure } = await firstRows(rows);
    const header = findHeader(
      first.filter(({ row }) => row <= headerRowsMax),
      requiredColumns(format),
    );
    if (header === null) throw failure ?? noHeader();
    if (header.problems.length > 0) {
      yield { ok: false, problems: header.problems };
      return;
    }
    const read = counted(table, { header, numbers, format, isRagged: table.sheet === null });
    for (const row of first) if (row.row > header.row) yield* read(row);
    if (failure !== null) throw failure;
    for (let next = await rows.next(); next.done !== true; next = await rows.next()) yield* read(next.value);
  } finally {
    await rows.return?.();
  }
}

/** Those among which the header is, and one more; where the list ends with a failure, those before it. */
async function firstRows(rows: AsyncIterator<TableRow>) {
  const first: TableRow[] = [];
  let failure: UnreadableList | null = null;
  try {
    for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
      first.push(next.value);
      if (next.value.row > headerRowsMax) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadableList)) throw error;
    failure = error;
  }
  return { first, failure };
}

function requiredColumns({ defaultRegion }: ListFormat): readonly ColumnName[] {
  return ["service", "vCPU", "memory", ...(defaultRegion === null ? (["region"] as const) : [])];
}

function noHeader(): UnreadableList {
  const message = `None of the first ${headerRowsMax} rows is a header that Stowage knows. Headers are ${columnNames.join(", ")}; those of service, vCPU and memory are needed.`;
  return new UnreadableList(message, { code: "no_header" });
}

/** Reads one row after the other until there are too many. */
function counted(table: Table, style: RowStyle): (row: TableRow) => Generator<ReadRow> {
  const rowsMax = table.sheet === null ? csvRowsMax : workbookRowsMax;
  const overlay = withoutMerged(table.merged, style.header);
  let count = 0;
  return function* (row) {
    const read = readRow(overlay(row), style);
    if (read === null) return;
    count += 1;
    if (count > rowsMax) {
      const message = `The list has more than ${rowsMax} services. Split it.`;
      throw new UnreadableList(message, { code: "too_many_rows", row: row.row });
    }
    yield read;
  };
}
