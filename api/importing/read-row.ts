import type { ColumnName } from "./columns.ts";
import type { Column, Header } from "./header.ts";
import { type ListProblem, shortened } from "./list-problem.ts";
import type { NumberStyle, Reading } from "./numbers.ts";
import { readCount, readCpuUnits, readHours, readMemoryMiB } from "./quantities.ts";
import type { ListFormat, ServiceRow } from "./service-row.ts";
import type { Cell, CellFailure, TableRow } from "./table.ts";
import {
  readArchitecture,
  readLoadProfile,
  readOperatingSystem,
  readOptions,
  readRegion,
  readText,
  readYesOrNo,
} from "./words.ts";

/** How the rows of a list are to be read. */
export interface RowStyle {
  readonly header: Header;
  readonly numbers: NumberStyle | null;
  readonly format: Pick<ListFormat, "defaultRegion" | "vocabulary">;
  /** Whether cells to the right of the header tell that something has shifted, as in a CSV. */
  readonly isRagged: boolean;
}

export type ReadRow =
  | { readonly ok: true; readonly value: ServiceRow }
  | { readonly ok: false; readonly problems: readonly ListProblem[] };

/** Null: none of the columns has anything. */
export function readRow(row: TableRow, style: RowStyle): ReadRow | null {
  const { columns } = style.header;
  if ([...columns.values()].every(({ at }) => isBlank(row.cells[at]))) return null;
  const cells = new RowCells(row, style);
  const value = serviceOf(cells, style);
  if (style.isRagged) refuseFurtherCells(cells, style.header.width);
  if (value !== null && cells.problems.length === 0) return { ok: true, value };
  return { ok: false, problems: cells.problems.toSorted((a, b) => (a.column ?? 0) - (b.column ?? 0)) };
}

/** Null where a cell that is needed has no value; the others are read all the same. */
function serviceOf(cells: RowCells, { numbers, format }: RowStyle): ServiceRow | null {
  const { regions, options, loadProfiles } = format.vocabulary;
  const quantity = (name: ColumnName) => ({ numbers, unit: cells.unitOf(name) });
  const service = cells.needed("service", readText);
  const cluster = cells.given("cluster", readText) ?? "default";
  const region = cells.given("region", (text) => readRegion(text, regions)) ?? format.defaultRegion;
  if (region === null) cells.refuseMissing("region");
  const { tasks, tasksMin, tasksMax } = tasksOf(cells, (text) => readCount(text, numbers));
  const loadProfile = cells.given("load profile", (text) => readLoadProfile(text, loadProfiles)) ?? null;
  const cpuUnits = cells.neededNumber("vCPU", (text) => readCpuUnits(text, quantity("vCPU")));
  const memoryMiB = cells.neededNumber("memory", (text) => readMemoryMiB(text, quantity("memory")));
  const architecture = cells.given("architecture", readArchitecture) ?? "X86_64";
  const operatingSystem = cells.given("OS", readOperatingSystem) ?? "LINUX";
  const hours = cells.givenNumber("hours", (text) => readHours(text, numbers)) ?? null;
  const chosen = cells.given("options", (text) => readOptions(text, options)) ?? [];
  const owner = cells.given("owner", readText) ?? null;
  const costCentre = cells.given("cost centre", readText) ?? null;
  const interruptible = cells.given("interruptible", readYesOrNo) ?? false;
  if (service === undefined || region === null || cpuUnits === undefined || memoryMiB === undefined) return null;
  return {
    ...{ row: cells.row, service, cluster, region, tasks, tasksMin, tasksMax, loadProfile, cpuUnits, memoryMiB },
    ...{ architecture, operatingSystem, hours, options: chosen, owner, costCentre, interruptible },
  };
}

/** Without a number of tasks there are as many as autoscaling keeps at least. */
function tasksOf(cells: RowCells, count: (text: string) => Reading<number>) {
  const tasksMin = cells.givenNumber("min tasks", count) ?? null;
  const tasksMax = cells.givenNumber("max tasks", count) ?? null;
  const given = cells.givenNumber("tasks", count);
  const least = tasksMin ?? 0;
  if (tasksMax !== null && tasksMax < least) {
    cells.refuse("max tasks", { code: "max_below_min", message: `it is less than the min, ${least}` });
  } else if (given !== undefined && (given < least || given > (tasksMax ?? given))) {
    const range = `from ${least} to ${tasksMax ?? "any number"}`;
    const message = `it is not within min and max, ${range}. Correct one of them, or leave the cell empty to start with the min`;
    cells.refuse("tasks", { code: "tasks_out_of_range", message });
  }
  return { tasks: given ?? Math.min(Math.max(1, least), tasksMax ?? Number.POSITIVE_INFINITY), tasksMin, tasksMax };
}

/** In a CSV they come from a delimiter within a text that is not quoted, and what they push aside is read as something else. */
function refuseFurtherCells(cells: RowCells, width: number): void {
  const at = cells.firstFrom(width);
  if (at === null) return;
  const message = `The row has ${at + 1} cells and the header ${width}. Put text that has delimiters in it into double quotes.`;
  cells.problems.push({ code: "too_many_cells", message, row: cells.row, column: at });
}

const empty = new Set(["", "-", "--", "–", "—", "n/a", "null"]);

/** What people write into a cell that has nothing to say counts as nothing. */
function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (cell.kind === "text" && empty.has(cell.text.trim().toLowerCase()));
}

class RowCells {
  readonly problems: ListProblem[] = [];
  readonly row: number;
  readonly #cells: TableRow["cells"];
  readonly #columns: Header["columns"];

  constructor({ row, cells }: TableRow, { header }: RowStyle) {
    this.row = row;
    this.#cells = cells;
    this.#columns = header.columns;
  }

  unitOf(name: ColumnName): Column["unit"] {
    return this.#columns.get(name)?.unit ?? null;
  }

  has(name: ColumnName): boolean {
    return !isBlank(this.#at(name));
  }

  firstFrom(width: number): number | null {
    const at = this.#cells.findIndex((cell, column) => column >= width && !isBlank(cell));
    return at < 0 ? null : at;
  }

  /** Undefined: the cell is empty, or has no value, which is then a problem. */
  given<T>(name: ColumnName, reader: (text: string) => Reading<T>): T | undefined {
    return this.#value(name, { reader, isNumber: false });
  }

  givenNumber<T>(name: ColumnName, reader: (text: string) => Reading<T>): T | undefined {
    return this.#value(name, { reader, isNumber: true });
  }

  needed<T>(name: ColumnName, reader: (text: string) => Reading<T>): T | undefined {
    if (!this.has(name)) this.refuseMissing(name);
    return this.given(name, reader);
  }

  neededNumber<T>(name: ColumnName, reader: (text: string) => Reading<T>): T | undefined {
    if (!this.has(name)) this.refuseMissing(name);
    return this.givenNumber(name, reader);
  }

  refuseMissing(name: ColumnName): void {
    if (this.has(name)) return;
    const column = this.#columns.get(name);
    const message = `${shortened(column?.header ?? name)} is empty, and every service needs it.`;
    this.problems.push({ code: "missing_value", message, row: this.row, column: column?.at ?? null });
  }

  refuse(name: ColumnName, { code, message }: CellFailure): void {
    const column = this.#columns.get(name);
    const cell = this.#at(name);
    const said = cell !== undefined && "text" in cell ? `says "${shortened(cell.text.trim())}"` : "has no value";
    const text = `${shortened(column?.header ?? name)} ${said}: ${message}.`.replace(/([.?])\.$/, "$1");
    this.problems.push({ code, message: text, row: this.row, column: column?.at ?? null });
  }

  #at(name: ColumnName): Cell | undefined {
    const column = this.#columns.get(name);
    return column === undefined ? undefined : this.#cells[column.at];
  }

  #value<T>(name: ColumnName, by: { reader: (text: string) => Reading<T>; isNumber: boolean }): T | undefined {
    const cell = this.#at(name);
    if (cell === undefined || isBlank(cell)) return;
    const reading = readCell(cell, by);
    if (reading.ok) return reading.value;
    this.refuse(name, reading);
    return;
  }
}

function readCell<T>(cell: Cell, by: { reader: (text: string) => Reading<T>; isNumber: boolean }): Reading<T> {
  if (cell.kind === "unreadable") return { ok: false, ...cell.failure };
  if (cell.kind === "date") return { ok: false, ...(by.isNumber ? dateForNumber : dateForText) };
  if (cell.kind === "number") return by.reader(cell.text);
  const text = cell.text.trim();
  if (text.includes("\uFFFD")) return { ok: false, ...wronglyEncoded };
  const lengthMax = by.isNumber ? numberLengthMax : textLengthMax;
  if (text.length > lengthMax) return { ok: false, ...tooLong(text.length, lengthMax) };
  return by.isNumber && dateLike.test(text) ? { ok: false, ...dateForNumber } : by.reader(text);
}

/** No cell that says something is longer, and what looks into one may take its time. */
const numberLengthMax = 60;
const textLengthMax = 255;

function tooLong(length: number, lengthMax: number): CellFailure {
  return { code: "text_too_long", message: `it has ${length} characters. Write at most ${lengthMax}` };
}

/** As spreadsheets write days into a CSV: `02-Jan`, `1. Feb`, `Jan 26`, `01.02.2026`, `2026-02-01`. */
const dateLike =
  /^(\d{1,2}[-./ ]{1,2})?(jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z.]*([-./ ]+\d{2,4})?$|^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}$|^\d{1,2}\.\d{1,2}\.\d{4}$/iu;

const dateForNumber: CellFailure = {
  code: "date_in_number_column",
  message:
    "a number belongs here. A spreadsheet turns what looks like a day (1-2, 1/2, 2.1) into one; format the column as text and type it again",
};

const dateForText: CellFailure = {
  code: "date_in_text_column",
  message: "a spreadsheet has made a day or time of what was typed. Format the column as text and type it again",
};

const wronglyEncoded: CellFailure = {
  code: "wrong_encoding",
  message:
    "it has bytes that are not of the file's encoding, shown as \uFFFD. Save the list as UTF-8, or declare its encoding (?encoding=windows-1252)",
};
