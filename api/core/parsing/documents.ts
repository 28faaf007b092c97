import type { Document, DocumentFormat, Reading } from "../model/document.ts";
import { isEmpty, isObject, kindOf, notSupportedYet, pathBelow, problemsMax, unknownFields } from "../model/field.ts";
import { fieldPath, type Problem } from "../model/problem.ts";

/** Every document in the request, read by the format of the field that it stands in. */
export function documentsIn(
  request: Readonly<Record<string, unknown>>,
  formats: readonly DocumentFormat[],
  periodSeconds?: number,
): Reading {
  const documents: Document[] = [];
  const problems: Problem[] = [];
  for (const format of formats) {
    for (const { value, path } of valuesOf(format, request[format.field], problems)) {
      for (const problem of fieldProblems(format, value, path)) problems.push(problem);
      if (problems.length > problemsMax) return { documents, problems };
      const reading = format.read(value, path, periodSeconds);
      for (const document of reading.documents) documents.push(document);
      for (const problem of reading.problems) problems.push(problem);
    }
  }
  return { documents, problems };
}

/** More than a cluster can hold, so that a document is refused before it is worked on. */
const documentsMax = 5000;

interface Placed {
  readonly value: unknown;
  readonly path: string;
}

function valuesOf(format: DocumentFormat, value: unknown, problems: Problem[]): Placed[] {
  const path = format.field;
  if (value === null || value === undefined || value === "") return [];
  if (!format.list) return [{ value, path }];
  if (!Array.isArray(value)) {
    problems.push({ code: "wrong_type", path, message: `${path} must be a list, not ${kindOf(value)}.` });
    return [];
  }
  if (value.length > documentsMax) {
    problems.push({
      code: "too_many",
      path,
      message: `${path} has ${value.length} items; at most ${documentsMax} are accepted.`,
    });
    return [];
  }
  if (format.together) return value.length === 0 ? [] : [{ value, path }];
  return value.flatMap((item, position) => (item === null ? [] : [{ value: item, path: pathBelow(path, [position]) }]));
}

/** Fields that the format does not have, and those that nothing reads yet. */
function fieldProblems(format: DocumentFormat, value: unknown, path: string): Problem[] {
  if (!isObject(value)) return [];
  const reserved = format.reserved.filter((name) => !isEmpty(value[name])).map((name) => notSupportedYet(path, name));
  if (format.fields === null) return reserved;
  const known = [...Object.keys(format.fields), ...format.reserved];
  const below = Object.entries(format.fields).flatMap(([name, inner]) => {
    const object = value[name];
    return inner !== null && isObject(object) ? unknownFields(object, fieldPath(path, name), inner) : [];
  });
  return [...unknownFields(value, path, known), ...below, ...reserved];
}
