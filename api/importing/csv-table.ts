import { type CsvError, parse } from "csv-parse";
import { parse as parseAtOnce } from "csv-parse/sync";
import { columnOf } from "./columns.ts";
import { decodeText } from "./decode-text.ts";
import { headerRowsMax } from "./header.ts";
import { type Cell, type Table, type TableRow, UnreadableList } from "./table.ts";

/** A longer row is one whose quotes do not end. */
const recordBytesMax = 256 * 1024;

/**
 * Reads what RFC 4180 calls CSV and what spreadsheets make of it: delimited by commas, semicolons, tabs or bars, whichever shows most
 * known headers; lines ended in any way. Throws `UnreadableList`.
 */
export function csvTable(body: AsyncIterable<Uint8Array>, encoding: string | null): Table {
  return { sheet: null, rows: rowsOf(body, encoding), merged: [] };
}

async function* rowsOf(body: AsyncIterable<Uint8Array>, encoding: string | null): AsyncGenerator<TableRow> {
  const texts = decodeText(body, encoding);
  try {
    yield* recordsOf(texts);
  } finally {
    await texts.return(undefined);
  }
}

async function* recordsOf(texts: AsyncGenerator<string, undefined>): AsyncGenerator<TableRow> {
  let start = "";
  let isWhole = false;
  while (start.length < sampleLength && !isWhole) {
    const { value, done } = await texts.next();
    start += value ?? "";
    isWhole = done === true;
  }
  const excels = /^sep=(.)(?:\r\n|\n|\r)/i.exec(start);
  if (excels !== null) start = start.slice(excels[0].length);
  const records = new Records(excels?.[1] ?? delimiterOf(start));
  try {
    yield* records.take(start);
    if (!isWhole) for await (const text of texts) yield* records.take(text);
    yield* records.end();
  } finally {
    records.close();
  }
}

const sampleLength = 64 * 1024;

function delimiterOf(start: string): string {
  let best = { delimiter: ",", known: 0 };
  for (const delimiter of [",", ";", "\t", "|"]) {
    const known = Math.max(0, ...firstRecords(start, delimiter).map((record) => record.filter(isKnown).length));
    if (known > best.known) best = { delimiter, known };
  }
  return best.delimiter;
}

function isKnown(header: string): boolean {
  return columnOf(header) !== null;
}

/** Up to where the quotes make no sense with that delimiter. */
function firstRecords(start: string, delimiter: string): string[][] {
  const records: string[][] = [];
  try {
    parseAtOnce(start, {
      ...{ ...options, delimiter, to: headerRowsMax },
      onRecord: (record: string[]) => {
        records.push(record);
        return null;
      },
    });
  } catch {
    return records;
  }
  return records;
}

const options = {
  relaxColumnCount: true,
  recordDelimiter: ["\r\n", "\n", "\r"],
  maxRecordSize: recordBytesMax,
};

/** The parser hands over each row at once, so that those before a mistake are read before it is told. */
class Records {
  readonly #parser: ReturnType<typeof parse>;
  #rows: TableRow[] = [];
  #row = 0;
  #failure: Error | null = null;

  constructor(delimiter: string) {
    this.#parser = parse({
      ...{ ...options, delimiter },
      onRecord: (record: string[]) => {
        this.#add(record);
        return null;
      },
    });
    this.#parser.on("error", (error) => {
      this.#failure ??= error;
    });
    this.#parser.resume();
  }

  async *take(text: string): AsyncGenerator<TableRow> {
    for (let at = 0; at < text.length; ) {
      let end = Math.min(at + pieceLength, text.length);
      // Not within a surrogate pair.
      if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1)) && end < text.length) end += 1;
      const piece = text.slice(at, end);
      at = end;
      await new Promise<void>((resolve) => this.#parser.write(piece, () => resolve()));
      yield* this.#taken();
    }
  }

  async *end(): AsyncGenerator<TableRow> {
    await new Promise<void>((resolve) => {
      this.#parser.once("error", () => resolve());
      this.#parser.once("end", () => resolve());
      this.#parser.end();
    });
    yield* this.#taken();
  }

  close(): void {
    this.#parser.destroy();
  }

  *#taken(): Generator<TableRow> {
    const rows = this.#rows;
    this.#rows = [];
    yield* rows;
    if (this.#failure !== null) throw asUnreadable(this.#failure, this.#row + 1);
  }

  #add(record: readonly string[]): void {
    this.#row += 1;
    if (this.#row > rowMax) this.#failure ??= tooManyRows(this.#row);
    const cells = record.map((written): Cell | undefined => {
      const text = written.replace(guard, "");
      return text.trim() === "" ? undefined : { kind: "text", text };
    });
    if (cells.some((cell) => cell !== undefined)) this.#rows.push({ row: this.#row, cells });
  }
}

/** The apostrophe that CSV written with care has before what a spreadsheet would take for a formula, as Stowage's own has. */
const guard = /^'(?='*[=+\-@\t\r\n＝＋－＠])/;

/** Twice as many as there may be services: a file of empty rows would take minutes. */
const rowMax = 400_000;

function tooManyRows(row: number): UnreadableList {
  const message = `The list has more than ${rowMax} rows, empty ones counted. Remove those, or split it.`;
  return new UnreadableList(message, { code: "too_many_rows", row });
}

/** Rows of so much text are held at once. */
const pieceLength = 64 * 1024;

function asUnreadable(error: Error, row: number): UnreadableList {
  if (error instanceof UnreadableList) return error;
  const says = sayings[(error as CsvError).code ?? ""];
  if (says === undefined) throw error;
  return new UnreadableList(`Row ${row}: ${says.message}`, { code: says.code, row, cause: error });
}

const sayings: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  CSV_QUOTE_NOT_CLOSED: {
    code: "quote_not_closed",
    message: `a double quote opens a cell and none closes it, so that the rest of the list would be one cell. Close it, or write "" for a quote within quotes.`,
  },
  INVALID_OPENING_QUOTE: {
    code: "misplaced_quote",
    message: `a double quote stands within a cell that does not begin with one. Put the whole cell into quotes and write "" for the quote; what follows was not read.`,
  },
  CSV_INVALID_CLOSING_QUOTE: {
    code: "misplaced_quote",
    message: `a closing double quote is followed by something else than a delimiter. Write "" for a quote within quotes; what follows was not read.`,
  },
  CSV_MAX_RECORD_SIZE: {
    code: "row_too_long",
    message: `the row is longer than ${recordBytesMax / 1024} KiB; likely a double quote opens a cell and none closes it. Close it; what follows was not read.`,
  },
};
