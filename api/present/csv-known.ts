import type { Problem } from "../core/model/problem.ts";
import type { OptionDocument } from "./json.ts";

/** `known`: those that could be shown. */
export function unknownOption(asked: string, known: readonly OptionDocument[]): Problem {
  const ids = known.map(({ id }) => id).join(", ") || "none";
  return { code: "option_unknown", path: "option", message: `There is no ${asked} to show here. There are: ${ids}.` };
}
