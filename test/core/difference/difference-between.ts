import { differ } from "../../../api/core/difference/differ.ts";
import type { Cause, Difference, OptionDifference } from "../../../api/core/model/difference.ts";
import type { PriceBook } from "../../../api/core/model/price-book.ts";
import { type ComparisonDocument, comparisonDocument } from "../../../api/present/json.ts";
import { recorded } from "../../../api/present/recorded.ts";
import { comparisonOf } from "../comparison-of.ts";

/** A request of the contract answered, and read back as it would be after it was kept. */
export function keptAnswer(request: unknown, book: PriceBook, id = "a"): ComparisonDocument {
  const document = comparisonDocument(comparisonOf(request, book), { id, engine: "1.0.0" });
  return JSON.parse(JSON.stringify(document));
}

export function differenceBetween(was: ComparisonDocument, is: ComparisonDocument): Difference {
  return differ({ was: recorded(was), is: recorded(is) });
}

export function differenceOf({ options }: Difference, id: string): OptionDifference {
  const option = options.find((candidate) => candidate.id === id);
  if (option === undefined) throw new Error(`The difference has no option ${id}`);
  return option;
}

/** Amounts by cause, to cents as exact as they are. */
export function causesOf({ causes }: OptionDifference): Partial<Record<Cause, string>> {
  return Object.fromEntries(causes.map(({ cause, amount }) => [cause, amount.toDecimalPlaces(6).toFixed()]));
}
