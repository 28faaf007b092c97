import type { Outcome } from "../../db/batches.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import type { ComparisonDocument } from "../present/json.ts";

interface Item {
  readonly number: number;
  readonly key: string;
}

/** An item's line in the result: what its comparison comes to and where it is, or what is wrong. */
export function itemLine({ number, key }: Item, answered: Result<ComparisonDocument>): Outcome {
  if (!answered.ok) return problemLine({ number, key }, answered.problems);
  const { id: comparison, cheapest, recommended, options } = answered.value;
  const totals = Object.fromEntries(options.map((option) => [option.id, option.total]));
  const line = { number, key, comparison, cheapest, recommended: recommended?.option ?? null, totals };
  return { result: JSON.stringify(line), succeeded: true };
}

export function problemLine({ number, key }: Item, problems: readonly Problem[]): Outcome {
  return { result: JSON.stringify({ number, key, problems }), succeeded: false };
}
