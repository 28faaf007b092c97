import type { Reference } from "../../core/model/document.ts";

/** The region that an ARN, or the hashed form of one, names; null where it is none, names none, or holds a placeholder there. */
export function regionOf(identifier: string | null): string | null {
  return /^(?:arn:[\w-]+|hashed):[\w-]+:([a-z]{2,}(?:-[a-z]+)+-\d+):/.exec(identifier ?? "")?.[1] ?? null;
}

export function regionsOf(identifiers: readonly (string | null)[]): string[] {
  const regions = identifiers.map(regionOf).filter((region) => region !== null);
  return [...new Set(regions)];
}

/** The last part of an ARN's path, or the bare name that stands where an ARN could. */
export function nameOf(identifier: string | null): string | null {
  return identifier === null || identifier === "" ? null : identifier.slice(identifier.lastIndexOf("/") + 1);
}

/** `arn:…:task-definition/web:41`, `web:41` or `web`; ARNs and families with placeholders in them are taken as they stand. */
export function referenceOf(text: string): Reference {
  const tail = text.split(":task-definition/").at(-1) ?? text;
  const [, family, revision] = /^(.+):(\d{1,15})$/.exec(tail) ?? [];
  if (family === undefined || revision === undefined) return { text, family: tail, revision: null };
  return { text, family, revision: Number(revision) };
}
