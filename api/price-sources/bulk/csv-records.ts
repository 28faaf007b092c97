import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { SourceFailure } from "../source-failure.ts";

/** The fields of a record, and the line it ends on, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The records of a CSV file as they come; empty lines are left out. Failure: `unreadable`. */
export async function* readCsvRecords(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const parser = parse({ relaxColumnCount: true, skipEmptyLines: true, trim: true, bom: true, info: true });
  // Its failure reaches the loop below through the parser.
  const feeding = pipeline(Readable.from(chunks), parser).catch(() => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { line: info.lines, fields: record };
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new SourceFailure(`The file is no CSV: ${error.message}`, { code: "unreadable", cause: error });
    throw error;
  } finally {
    parser.destroy();
    await feeding;
  }
}
