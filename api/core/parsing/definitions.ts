import type { Document, Reference, TaskDefinitionDocument } from "../model/document.ts";
import { isPlaceholder } from "../model/field.ts";
import type { Problem } from "../model/problem.ts";
import type { ParsedAssumption, TaskDefinition } from "../model/workload.ts";
import { freeName } from "./name.ts";

/** The task definitions of a request, each once. */
export interface Definitions {
  readonly all: readonly TaskDefinition[];
  readonly assumptions: readonly ParsedAssumption[];
  readonly problems: readonly Problem[];
  readonly byId: ReadonlyMap<string, TaskDefinition>;
  readonly byFamily: ReadonlyMap<string, readonly TaskDefinition[]>;
  /** Families of documents that could not be read; null among them: one whose family is not known either. */
  readonly unreadable: ReadonlySet<string | null>;
}

export function distinctDefinitions(documents: readonly Document[]): Definitions {
  const read = documents.filter((document) => document.kind === "task-definition");
  const byId = new Map<string, TaskDefinition>();
  const problems: Problem[] = [];
  for (const { definition } of read.filter((document) => document.familyStated)) {
    const other = byId.get(definition.id);
    if (other === undefined) byId.set(definition.id, definition);
    else if (contentOf(other) !== contentOf(definition)) problems.push(conflict(definition, other));
  }
  const assumptions: ParsedAssumption[] = [];
  for (const document of read.filter((one) => !one.familyStated)) {
    const definition = named(document, byId);
    byId.set(definition.id, definition);
    const text = `A task definition without a family is called ${definition.id}, after its first container.`;
    assumptions.push({ code: "family_assumed", text, services: [] });
  }
  const unread = documents.filter((document) => document.kind === "unreadable-task-definition");
  if (byId.size === 0 && unread.length === 0) {
    const message = "There is no task definition: add at least one to taskDefinitions.";
    problems.push({ code: "no_task_definitions", path: "taskDefinitions", message });
  }
  const all = [...byId.values()];
  const byFamily = Map.groupBy(all, (definition) => definition.family);
  return { all, assumptions, problems, byId, byFamily, unreadable: new Set(unread.map((document) => document.family)) };
}

function conflict(definition: TaskDefinition, other: TaskDefinition): Problem {
  const twice = `${definition.id} is there twice with different content, here and at ${other.path}.`;
  const way =
    definition.revision === null ? "Give them different families or revisions" : "Leave the one that is meant";
  return { code: "conflicting_task_definitions", path: definition.path, message: `${twice} ${way}.` };
}

/** What the definition says, wherever it stands. */
function contentOf(definition: TaskDefinition): string {
  const containers = definition.containers.map((container) => ({ ...container, path: "" }));
  return JSON.stringify({ ...definition, path: "", containers });
}

function named({ definition }: TaskDefinitionDocument, taken: ReadonlyMap<string, TaskDefinition>): TaskDefinition {
  const family = freeName(definition.family, (name) => taken.has(idOf(name, definition.revision)));
  return { ...definition, family, id: idOf(family, definition.revision) };
}

function idOf(family: string, revision: number | null): string {
  return revision === null ? family : `${family}:${revision}`;
}

/** The task definition that a reference means. */
export interface Resolved {
  readonly definition: TaskDefinition | null;
  readonly problem: Omit<Problem, "path"> | null;
  /** The reference names a revision, and the only description of the family has none. */
  readonly revisionAssumed: boolean;
}

export function resolve(reference: Reference, definitions: Definitions): Resolved {
  const id = idOf(reference.family, reference.revision);
  const family = definitions.byFamily.get(reference.family) ?? [];
  const exact = definitions.byId.get(id) ?? (reference.revision === null ? highest(family) : undefined);
  if (exact !== undefined) return { definition: exact, problem: null, revisionAssumed: false };
  const unnumbered = definitions.byId.get(reference.family);
  if (unnumbered !== undefined) return { definition: unnumbered, problem: null, revisionAssumed: true };
  const reported = definitions.unreadable.has(reference.family) || definitions.unreadable.has(null);
  return {
    definition: null,
    problem: reported ? null : notFound(reference, family, definitions),
    revisionAssumed: false,
  };
}

function highest(family: readonly TaskDefinition[]): TaskDefinition | undefined {
  return family.toSorted((a, b) => (b.revision ?? 0) - (a.revision ?? 0))[0];
}

function notFound(
  reference: Reference,
  family: readonly TaskDefinition[],
  definitions: Definitions,
): Omit<Problem, "path"> {
  if (isPlaceholder(reference.text)) {
    return { code: "placeholder", message: "taskDefinition is a placeholder: name one of the task definitions." };
  }
  const known = (family.length > 0 ? family : definitions.all).map((definition) => definition.id);
  const listed =
    known.length > 10 ? `${known.slice(0, 10).join(", ")} and ${known.length - 10} more` : known.join(", ");
  const asked = idOf(reference.family, reference.revision);
  const message = `${asked} is not among the task definitions (${listed || "there are none"}). Add it, or name one of them.`;
  return { code: "unknown_task_definition", message };
}
