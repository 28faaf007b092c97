import type { ServiceDocument } from "../model/document.ts";
import type { Problem } from "../model/problem.ts";
import { freeName } from "./name.ts";

/**
 * A name for each document, in their order: its own, with the cluster before it where clusters share a name, or else its task
 * definition's family. The same name twice in one cluster is a problem.
 */
export function nameServices(documents: readonly ServiceDocument[]): {
  names: readonly string[];
  problems: readonly Problem[];
} {
  const sharing = Map.groupBy(documents, (document) => document.name);
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  const own = documents.map((document) => {
    if (document.name === null) return null;
    const name = nameAmong(document, sharing.get(document.name) ?? []);
    const other = first.get(name);
    if (other === undefined) first.set(name, document.service.path);
    else problems.push(duplicate(name, document, other));
    return name;
  });
  const taken = new Set(first.keys());
  const names = documents.map((document, position) => {
    const name = own[position] ?? derivedName(document, taken);
    taken.add(name);
    return name;
  });
  return { names, problems };
}

function nameAmong(document: ServiceDocument, sharing: readonly ServiceDocument[]): string {
  const clusters = new Set(sharing.map(clusterOf));
  return clusters.size > 1 ? `${clusterOf(document)}/${document.name}` : (document.name ?? "");
}

/** A service that names no cluster is in the one called default. */
function clusterOf(document: ServiceDocument): string {
  return document.cluster ?? "default";
}

function duplicate(name: string, { service }: ServiceDocument, other: string): Problem {
  const message = `${name} is there twice, here and at ${other}. Rename one, name their clusters, or take one out.`;
  return { code: "duplicate_name", path: service.path, message };
}

function derivedName(document: ServiceDocument, taken: ReadonlySet<string>): string {
  const { family } = document.taskDefinition;
  const runs = document.service.lifetime.kind === "runs";
  const isTaken = (name: string) => taken.has(name);
  return freeName(runs && isTaken(family) ? `${family}-run` : family, isTaken);
}
