import { readJson } from "../aws/documents/read-json.ts";
import { isObject } from "../core/model/field.ts";

/** What a button of a comparison brings back when it is pressed. */
export interface Pressed {
  /** Id. */
  readonly comparison: string;
  /** The saved workload that it is of; null: of none. */
  readonly workload: string | null;
  readonly title: string;
}

/** As a button's value, of which Slack takes 2,000 letters. */
export function pressed({ comparison, workload, title }: Pressed): string {
  return JSON.stringify({ comparison, workload, title: title.slice(0, titleMost) });
}

const titleMost = 600;

/** Null: no button of ours has it. */
export function readPressed(value: string): Pressed | null {
  const read = readJson(value);
  if (!read.ok || !isObject(read.value)) return null;
  const { comparison, workload, title } = read.value;
  const isOurs = typeof comparison === "string" && /^[0-9a-f]{32}$/.test(comparison) && typeof title === "string";
  if (!isOurs || (workload !== null && typeof workload !== "string")) return null;
  return { comparison, workload, title };
}
