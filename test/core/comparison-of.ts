import { catalogue } from "../../api/aws/catalogue.ts";
import { documentFormats } from "../../api/aws/documents/catalogue.ts";
import { compareOptions } from "../../api/core/compare-options.ts";
import type { Comparison, Estimate } from "../../api/core/model/comparison.ts";
import type { PriceBook } from "../../api/core/model/price-book.ts";
import type { Workload } from "../../api/core/model/workload.ts";
import { ownPrices } from "../../api/core/own-prices.ts";
import { parse } from "../../api/core/parsing/parse.ts";

/** A request of the contract as a workload. Throws with every problem where it is refused. */
export function workloadOf(request: unknown): Workload {
  const parsed = parse(request, documentFormats);
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
}

/** A request of the contract, answered at the prices of the book. */
export function comparisonOf(request: unknown, book: PriceBook): Comparison {
  const workload = workloadOf(request);
  const own = workload.rateCard === null ? { ok: true as const, value: book } : ownPrices(book, workload.rateCard);
  if (!own.ok) throw new Error(own.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return compareOptions(workload, { book: own.value, catalogue });
}

export function optionOf(comparison: Comparison, id: string): Estimate {
  const option = comparison.options.find((candidate) => candidate.id === id);
  if (option === undefined) throw new Error(`The comparison has no option ${id}`);
  return option;
}
