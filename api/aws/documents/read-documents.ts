import { isEmpty, isObject, isPlainName, pathBelow } from "../../core/model/field.ts";
import type { Problem, Result } from "../../core/model/problem.ts";
import { documentFormats } from "./catalogue.ts";
import { readValues } from "./json-text.ts";
import { type Origins, type Place, shownPlace } from "./origins.ts";
import { readYaml } from "./yaml-text.ts";

export interface SourceFile {
  /** As problems call it. */
  readonly name: string;
  readonly text: string;
}

/** What the files say, as one request of the contract, and where each part of it came from. */
export interface GatheredRequest {
  readonly request: Readonly<Record<string, unknown>>;
  readonly origins: Origins;
}

/**
 * Files as people have them, each with one JSON document, an array, JSON Lines, or a whole request or part of one: every document is
 * recognised and put in its place in one request. Problems: those of `readJson` and `unrecognised_document`, `conflicting_values`,
 * `no_documents`; their paths start with the file's name.
 */
export function readDocuments(files: readonly SourceFile[]): Result<GatheredRequest> {
  const gathering: Gathering = { fields: new Map(), origins: new Map(), problems: [] };
  for (const file of files) gatherFile(file, gathering);
  if (gathering.fields.size === 0 && gathering.problems.length === 0) {
    const message = `There is nothing to compare${files.length === 0 ? "" : ` in ${files.map((file) => file.name).join(", ")}`}.`;
    gathering.problems.push({ code: "no_documents", path: files[0]?.name ?? "", message });
  }
  if (gathering.problems.length > 0) return { ok: false, problems: gathering.problems };
  return { ok: true, value: { request: Object.fromEntries(gathering.fields), origins: gathering.origins } };
}

interface Gathering {
  readonly fields: Map<string, unknown>;
  readonly origins: Map<string, Place>;
  readonly problems: Problem[];
}

function gatherFile({ name, text }: SourceFile, gathering: Gathering): void {
  const { values, problem } = isYaml(name, text) ? readYaml(text) : readValues(text);
  for (const { value, line, duplicates } of values) {
    const file = values.length > 1 ? `${name}:${line}` : name;
    const found = duplicates.map((one) => ({ ...one, path: shownPlace({ file, path: one.path }) }));
    gathering.problems.push(...found);
    if (found.length === 0) gatherValue(value, { file, path: "" }, gathering);
  }
  if (problem !== null) gathering.problems.push({ ...problem, path: name });
}

/** By its name, or because it begins as manifests do. */
function isYaml(name: string, text: string): boolean {
  const first = text.split("\n").find((line) => !/^\s*(#|$)/.test(line));
  return /\.ya?ml$/i.test(name) || /^(---|apiVersion:|kind:)/.test(first ?? "");
}

function gatherValue(value: unknown, place: Place, gathering: Gathering): void {
  const format = documentFormats.find((one) => one.recognises(value));
  if (format !== undefined) {
    gatherItem(format.field, value, { place, gathering });
  } else if (Array.isArray(value)) {
    for (const [position, item] of value.entries()) {
      const path = pathBelow(place.path, [position]);
      if (item !== null) gatherValue(item, { file: place.file, path }, gathering);
    }
  } else if (isObject(value) && documentFormats.some((one) => Object.hasOwn(value, one.field))) {
    gatherRequest(value, place, gathering);
  } else {
    const kinds = documentFormats.filter((one) => one.list).map((one) => one.label);
    const message = `This is neither ${kinds.join(" nor ")} nor a request that holds some: nothing here says what to price.`;
    gathering.problems.push({ code: "unrecognised_document", path: shownPlace(place), message });
  }
}

function gatherItem(field: string, item: unknown, { place, gathering }: { place: Place; gathering: Gathering }): void {
  const items = gathering.fields.get(field);
  const list = Array.isArray(items) ? items : [];
  if (list !== items) gathering.fields.set(field, list);
  gathering.origins.set(pathBelow("", [field, list.length]), place);
  list.push(item);
}

function gatherRequest(request: Readonly<Record<string, unknown>>, place: Place, gathering: Gathering): void {
  for (const [name, value] of Object.entries(request)) {
    if (isEmpty(value)) continue;
    const path = pathBelow(place.path, [name]);
    const isList = documentFormats.some((format) => format.field === name && format.list);
    if (isList && Array.isArray(value)) {
      for (const [position, item] of value.entries()) {
        gatherItem(name, item, { place: { file: place.file, path: pathBelow(path, [position]) }, gathering });
      }
    } else {
      gatherField(name, value, { place: { file: place.file, path }, gathering });
    }
  }
}

function gatherField(name: string, value: unknown, { place, gathering }: { place: Place; gathering: Gathering }): void {
  if (!gathering.fields.has(name)) {
    gathering.fields.set(name, value);
    if (isPlainName(name)) gathering.origins.set(name, place);
  } else if (JSON.stringify(gathering.fields.get(name)) !== JSON.stringify(value)) {
    const other = gathering.origins.get(name);
    const message = `${place.path} is said twice with different values${other === undefined ? "" : `, also in ${other.file}`}.`;
    gathering.problems.push({ code: "conflicting_values", path: shownPlace(place), message });
  }
}
