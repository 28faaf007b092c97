import type { Header } from "./header.ts";
import type { ListProblem } from "./list-problem.ts";
import type { NumberStyle } from "./numbers.ts";
import { readCount, readCpuUnits, readHours, readMemoryMiB } from "./quantities.ts";
import { isBlank, RowCells } from "./row-cells.ts";
import type { ListFormat, ServiceRow } from "./service-row.ts";
import type { TableRow } from "./table.ts";
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
function serviceOf(cells: RowCells, { format }: RowStyle): ServiceRow | null {
  const { regions, options, loadProfiles } = format.vocabulary;
  const service = cells.needed("service", readText);
  const cluster = cells.given("cluster", readText) ?? "default";
  const region = cells.given("region", (text) => readRegion(text, regions)) ?? format.defaultRegion;
  if (region === null) cells.refuseBlank("region");
  const { tasks, tasksMin, tasksMax } = tasksOf(cells);
  const loadProfile = cells.given("load profile", (text) => readLoadProfile(text, loadProfiles)) ?? null;
  const cpuUnits = cells.neededNumber("vCPU", readCpuUnits);
  const memoryMiB = cells.neededNumber("memory", readMemoryMiB);
  const architecture = cells.given("architecture", readArchitecture) ?? "X86_64";
  const operatingSystem = cells.given("OS", readOperatingSystem) ?? "LINUX";
  const hours = cells.givenNumber("hours", readHours) ?? null;
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
function tasksOf(cells: RowCells) {
  const tasksMin = cells.givenNumber("min tasks", readCount) ?? null;
  const tasksMax = cells.givenNumber("max tasks", readCount) ?? null;
  const given = cells.givenNumber("tasks", readCount);
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
