import { writeFileSync } from "node:fs";
import type { Effort } from "../../api/core/model/packing.ts";
import type { HostType } from "../../api/core/model/placement.ts";
import { openDatabase } from "../../db/connect.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { benchHostTypes } from "./packing/host-types.ts";
import { type Measured, measure } from "./packing/measure.ts";
import { memoryMiB } from "./packing/measure-memory.ts";
import { benchMip, mipText } from "./packing/mip-contest.ts";
import { benchPublished, publishedText } from "./packing/published.ts";
import { measuredText, notesText, type Row, rowOf } from "./packing/report.ts";
import type { TaskSet, Variant } from "./packing/sets.ts";
import { help, type PackingWords, readPackingWords } from "./packing/words.ts";

/** Exit code: 0 done, 1 something does not hold, 2 bad words. */
export async function benchPacking(words: readonly string[]): Promise<number> {
  const read = readPackingWords(words);
  if ("wrong" in read) {
    console.error(`${read.wrong}\n\n${help}`);
    return 2;
  }
  if ("help" in read) {
    console.log(help);
    return 0;
  }
  if (read.published !== undefined) {
    const result = benchPublished(read.published, read.effort);
    print(read, result, publishedText(result));
    return result.ordered === result.instances && result.faulty === 0 ? 0 : 1;
  }
  const hostTypes = await hostTypesOf("us-east-1");
  if (read.mip) {
    const result = await benchMip(read, hostTypes);
    print(read, result, mipText(result));
    return 0;
  }
  const rows = rowsOf(read, hostTypes);
  const largest = rows.at(-1)?.row;
  const memory = largest === undefined ? null : { ...largest, peakMiB: memoryMiB({ ...largest, seed: 0 }, hostTypes) };
  const notes = { rows: rows.map(({ row }) => row), memory };
  print(read, { ...notes, sets: rows.flatMap(({ sets }) => sets) }, `\n${notesText(notes).join("\n")}`);
  return rows.some(({ row }) => row.violations.length > 0) ? 1 : 0;
}

async function hostTypesOf(region: string): Promise<readonly HostType[]> {
  const opened = await openDatabase({ memory: true });
  const book = await readPriceBook(opened.database, { region });
  await opened.close();
  if (!book.ok) throw new Error(`The bundled prices lack ${region}`);
  return benchHostTypes(book.value);
}

/** Rows are printed as they come, unless JSON has the standard output. */
function rowsOf(read: PackingWords, hostTypes: readonly HostType[]): { row: Row; sets: readonly Measured[] }[] {
  const quiet = read.json === "-";
  if (!quiet) console.log(measuredText.heading);
  const rows: { row: Row; sets: readonly Measured[] }[] = [];
  for (const variant of read.variants) {
    for (const shapes of read.shapes) {
      for (const tasks of read.tasks.filter((count) => count >= shapes)) {
        const sets = measureSets({ shapes, tasks, variant }, read, hostTypes);
        const row = rowOf(sets);
        rows.push({ row, sets });
        if (!quiet) console.log(measuredText.line(row));
      }
    }
  }
  return rows;
}

function measureSets(
  of: { readonly shapes: number; readonly tasks: number; readonly variant: Variant },
  { seeds, effort }: { readonly seeds: number; readonly effort: Effort },
  hostTypes: readonly HostType[],
): Measured[] {
  const sets = Array.from({ length: seeds }, (_, seed): TaskSet => ({ ...of, seed }));
  // Warm: what is measured is not the compiler.
  for (const set of sets.slice(0, 2)) measure(set, hostTypes, effort);
  return sets.map((set) => measure(set, hostTypes, effort));
}

function print({ json }: PackingWords, result: unknown, text: string): void {
  const bytes = `${JSON.stringify(result, null, 2)}\n`;
  if (json === "-") process.stdout.write(bytes);
  else console.log(text);
  if (json !== undefined && json !== "-") writeFileSync(json, bytes);
}
