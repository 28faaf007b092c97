import type { Problem } from "./problem.ts";
import type { RateCard } from "./rate-card.ts";
import type { ScaledLifetime } from "./scaling.ts";
import type { Settings } from "./settings.ts";
import type { GivenUsage, Service, TaskDefinition } from "./workload.ts";

/**
 * A kind of document that users hand in: one file each under `aws/documents`, one line in its catalogue. A format reads and reduces;
 * what refers to what, defaults and duplicates are parsing's business.
 */
export interface DocumentFormat {
  readonly id: string;
  /** What people call one of these, in a sentence: "a task definition". */
  readonly label: string;
  /** Where the format is described. */
  readonly reference: string;
  /** The field of the request that holds such documents. */
  readonly field: string;
  /** Whether the field holds a list of them, or a single one. */
  readonly list: boolean;
  /** The documents of the list refer to each other: `read` is given all of it. */
  readonly together?: true;
  /**
   * Every field, and where a field holds an object all of its own, if the format is ours and any other field is a mistake; null where
   * unknown fields are left alone.
   */
  readonly fields: Readonly<Record<string, readonly string[] | null>> | null;
  /** Fields that would change the price and that nothing reads yet: refused by name unless empty. */
  readonly reserved: readonly string[];
  /** Whether a value that stands in a file of its own, outside any request, is one of these. */
  recognises(value: unknown): boolean;
  /** Reads the value that stands at `path` of the request. Never throws, and neither keeps nor quotes what is not on its allow-list. */
  read(value: unknown, path: string, periodSeconds?: number): Reading;
  /** A document as people hand it in; the conformance test reads it. */
  readonly example: unknown;
}

/** What one document says. With problems, `documents` still holds what it claims to be, so that references to it are not reported too. */
export interface Reading {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
}

export type Document =
  | TaskDefinitionDocument
  | UnreadableTaskDefinition
  | ServiceDocument
  | SettingsDocument
  | RateCardDocument
  | UsageDocument
  | LoadsDocument
  | NoteDocument;

/** Something that the documents together leave open. */
export interface NoteDocument {
  readonly kind: "note";
  readonly code: string;
  readonly text: string;
}

export interface TaskDefinitionDocument {
  readonly kind: "task-definition";
  readonly definition: TaskDefinition;
  /** False where the document names no family and the reader had to derive one. */
  readonly familyStated: boolean;
  /** Regions that the document's own identifiers name. */
  readonly regions: readonly string[];
}

/** A task definition with problems: only its name is known. */
export interface UnreadableTaskDefinition {
  readonly kind: "unreadable-task-definition";
  readonly family: string | null;
}

/** A service or a run, before its task definition is found and its name made unique. */
export interface ServiceDocument {
  readonly kind: "service";
  readonly service: Omit<Service, "name" | "taskDefinition" | "tasks">;
  readonly name: string | null;
  /** Name of the cluster it is in; null: not said. */
  readonly cluster: string | null;
  /** Null: not said. */
  readonly tasks: number | null;
  readonly taskDefinition: Reference;
  /** Its runs were counted by a schedule of its own. */
  readonly scheduled?: boolean;
  /** Assumptions made while reading it; the texts go on from the service's name. */
  readonly notes: readonly { readonly code: string; readonly text: string }[];
  readonly regions: readonly string[];
  /** What becomes of it where a load is given for it apart from it; absent: it takes none. */
  readonly underLoad?: UnderLoad;
}

export interface UnderLoad extends Pick<ScaledLifetime, "scaling" | "behaviour"> {
  /** Assumptions that hold then. */
  readonly notes: ServiceDocument["notes"];
  /** Code of the note that does not. */
  readonly replaces?: string;
  /** Why it cannot be played. */
  readonly problems: readonly Problem[];
}

export interface LoadsDocument {
  readonly kind: "loads";
  readonly given: readonly GivenLoad[];
}

/** What something is asked to do over time, by a name that stands for it. */
export interface GivenLoad extends Pick<ScaledLifetime, "loads" | "idle"> {
  readonly target: string;
  readonly path: string;
  readonly notes: ServiceDocument["notes"];
}

/** How a service names its task definition. */
export interface Reference {
  /** As written. */
  readonly text: string;
  readonly family: string;
  readonly revision: number | null;
}

export interface UsageDocument {
  readonly kind: "usage";
  readonly usage: GivenUsage;
}

export interface RateCardDocument {
  readonly kind: "rate-card";
  readonly rateCard: RateCard;
}

export interface SettingsDocument {
  readonly kind: "settings";
  readonly settings: Settings;
}
