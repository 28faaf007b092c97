import { LineCounter, parseAllDocuments } from "yaml";
import type { Problem } from "../../core/model/problem.ts";
import type { JsonValue } from "./json-text.ts";

/** More than any manifest has; an alias may stand for much that is alias again. */
const aliasesMax = 100;
const documentsMax = 5000;

/** The documents of a YAML text, of its core schema. Problems say line and column and never quote the text. */
export function readYaml(text: string): { values: readonly JsonValue[]; problem: Omit<Problem, "path"> | null } {
  const lines = new LineCounter();
  const values: JsonValue[] = [];
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: "silent", prettyErrors: false });
    for (const document of "empty" in documents ? [] : documents) {
      const line = lines.linePos(document.contents?.range?.[0] ?? 0).line;
      const [error] = document.errors;
      if (error !== undefined) return { values, problem: notYaml(lines.linePos(error.pos[0]), error.code) };
      if (values.length === documentsMax) return { values, problem: tooMany };
      const value: unknown = document.toJS({ maxAliasCount: aliasesMax });
      if (value !== null) values.push({ value, line, duplicates: [] });
    }
    return { values, problem: null };
  } catch (error) {
    // Its messages may quote the text, which may hold secrets.
    const what = error instanceof ReferenceError ? "aliases stand for too much" : "it is nested too deep";
    return { values, problem: { code: "not_yaml", message: `The YAML cannot be read: ${what}.` } };
  }
}

const tooMany = { code: "too_many", message: `There are more than ${documentsMax} documents.` };

function notYaml({ line, col }: { line: number; col: number }, fault: string): Omit<Problem, "path"> {
  const what = fault.toLowerCase().replaceAll("_", " ");
  return { code: "not_yaml", message: `Line ${line}, column ${col}: this is not YAML (${what}).` };
}
