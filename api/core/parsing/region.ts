import type { Document } from "../model/document.ts";
import { isBlank, isPlaceholder, kindOf } from "../model/field.ts";
import type { Problem } from "../model/problem.ts";

export interface Region {
  readonly name: string;
  readonly problems: readonly Problem[];
}

/** The region that the request states, else the only one that the documents' own identifiers name. */
export function regionFor(stated: unknown, documents: readonly Document[]): Region {
  if (!isBlank(stated)) return statedRegion(stated);
  const named = new Set(documents.flatMap((document) => ("regions" in document ? document.regions : [])));
  const [name] = named;
  if (name !== undefined && named.size === 1) return { name, problems: [] };
  if (named.size === 0) return missing('region is missing and no identifier in the documents names one: add "region".');
  return missing(`region is missing and the documents name ${[...named].sort().join(", ")}: say which one to price.`);
}

function missing(message: string): Region {
  return refused("region_required", message);
}

function statedRegion(stated: unknown): Region {
  if (typeof stated !== "string") return refused("wrong_type", `region must be text, not ${kindOf(stated)}.`);
  const name = stated.trim().toLowerCase();
  if (/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/.test(name)) return { name, problems: [] };
  if (isPlaceholder(stated)) return refused("placeholder", "region is a placeholder: write the region to price.");
  return refused("not_a_region", "region must be the name of a region, such as us-east-1.");
}

function refused(code: string, message: string): Region {
  return { name: "", problems: [{ code, path: "region", message }] };
}
