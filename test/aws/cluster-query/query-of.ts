import type { Expression } from "../../../api/aws/cluster-query/expression.ts";
import { parseQuery } from "../../../api/aws/cluster-query/parse-query.ts";

/** The expression that a text is known to be. */
export function queryOf(text: string): Expression {
  const read = parseQuery(text);
  if (!read.ok) throw new Error(`${text}: ${read.problem.message}`);
  return read.value;
}
