import type { Problem } from "../core/model/problem.ts";

/** A service as a row of a list says it, with what the row leaves out filled in. */
export interface ServiceRow {
  /** As the spreadsheet counts them, from 1, the header's included. */
  readonly row: number;
  readonly service: string;
  /** Rows of one cluster and region share instances. */
  readonly cluster: string;
  readonly region: string;
  readonly tasks: number;
  /** What autoscaling keeps to; null: the row says nothing of it. */
  readonly tasksMin: number | null;
  readonly tasksMax: number | null;
  /** Name of a stored load profile. */
  readonly loadProfile: string | null;
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly architecture: "X86_64" | "ARM64";
  /** As ECS calls it (operatingSystemFamily). */
  readonly operatingSystem: string;
  /** Decimal: how many hours of the priced period it runs; null: all of it. */
  readonly hours: string | null;
  /** Ids; none: those that are compared unless told. */
  readonly options: readonly string[];
  readonly owner: string | null;
  readonly costCentre: string | null;
  readonly interruptible: boolean;
}

/** What is wrong with a cell, a row or the whole list; `path` says where as spreadsheets do, such as `Services!C7`. */
export interface CellProblem extends Problem {
  /** Null: a CSV, which has none. */
  readonly sheet: string | null;
  /** From 1; null: the whole list. */
  readonly row: number | null;
  /** Such as `C`; null: the whole row. */
  readonly column: string | null;
}

/** A row of a list as it was read: a service, or everything that is wrong with it. */
export type RowRead =
  | { readonly ok: true; readonly value: ServiceRow; readonly sheet: CellProblem["sheet"] }
  | { readonly ok: false; readonly problems: readonly CellProblem[] };

/** What rows may name. */
export interface Vocabulary {
  readonly regions: readonly string[];
  readonly options: readonly string[];
  readonly loadProfiles: readonly string[];
}

/** How a list is to be read. */
export interface ListFormat {
  readonly mediaType: "text/csv" | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  /** BCP 47, which says whether numbers have decimal commas; null: `1,024` is a thousand and more, and what could be either is refused. */
  readonly locale: string | null;
  /** Of the CSV (WHATWG label); null: its byte order mark says, or UTF-8. */
  readonly encoding: string | null;
  /** Of the workbook; null: the first one that has a header Stowage knows. */
  readonly sheet: string | null;
  /** Of rows that name none; null: they have to. */
  readonly defaultRegion: string | null;
  readonly vocabulary: Vocabulary;
}
