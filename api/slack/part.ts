import type { Architecture, OperatingSystem, Running } from "./command.ts";

/** What the words of a command can name. */
export interface Known {
  /** Names of the saved workloads that the channel sees. */
  readonly workloads: readonly string[];
  /** Ids. */
  readonly options: readonly string[];
  readonly regions: readonly { readonly code: string; readonly location: string }[];
}

/** A word or a few of a command, by what they say. */
export type Part =
  | { readonly is: "verb"; readonly verb: "help" | "list" | "why" | "diff" | "compare" }
  /** Between the two of a difference: surely, or where there is nothing surer. */
  | { readonly is: "between"; readonly isSure: boolean }
  | { readonly is: "name"; readonly name: string }
  | { readonly is: "version"; readonly version: number | null }
  | { readonly is: "times"; readonly times: number }
  | { readonly is: "cpu"; readonly cpuUnits: number }
  | { readonly is: "memory"; readonly memoryMiB: number }
  | { readonly is: "architecture"; readonly architecture: Architecture }
  | { readonly is: "system"; readonly system: OperatingSystem }
  | { readonly is: "running"; readonly running: Running }
  | { readonly is: "interruptible" }
  | { readonly is: "region"; readonly region: string }
  | { readonly is: "day"; readonly day: string }
  | { readonly is: "hours"; readonly hours: number }
  | { readonly is: "option"; readonly option: string }
  | { readonly is: "filler" }
  | Slip
  /** None of the above. */
  | { readonly is: "word"; readonly text: string };

/** Something that could not be taken as it stands. */
export interface Slip {
  readonly is: "slip";
  readonly text: string;
  readonly why: string;
  /** What is likely meant. */
  readonly meant: Part | null;
}

/** The named groups of a pattern. */
export type Found = Readonly<Record<string, string | undefined>>;

export interface Reader {
  readonly pattern: RegExp;
  /** Null: it is something else after all. */
  read(found: Found, text: string): Part | null;
}

/** Of a pattern that ends where a word does. */
export function reader(source: string, read: Reader["read"]): Reader {
  return { pattern: new RegExp(`(?:${source})(?=[\\s,;@]|[.?!]+(?:\\s|$)|$)`, "iuy"), read };
}
