import type { Dimension, Lease, Term } from "./product.ts";

/** The terms of one product, as the price lists' JSON has them: by `SKU.term`, their rates by `SKU.term.rate`. */
export function readTerms(terms: unknown): Term[] {
  return Object.values(record(terms)).map((value) => {
    const term = record(value);
    return {
      effectiveDate: text(term.effectiveDate),
      lease: readLease(record(term.termAttributes)),
      dimensions: Object.values(record(term.priceDimensions)).map((dimension) => readDimension(record(dimension))),
    };
  });
}

/** What the term says of itself, not where it stands: a lease is a lease under `OnDemand` too. */
function readLease(attributes: Readonly<Record<string, unknown>>): Lease | null {
  const length = text(attributes.LeaseContractLength);
  if (length === null) return null;
  return { length, option: text(attributes.PurchaseOption) ?? "", offeringClass: text(attributes.OfferingClass) ?? "" };
}

function readDimension(dimension: Readonly<Record<string, unknown>>): Dimension {
  const prices = Object.entries(record(dimension.pricePerUnit)).filter(
    (price): price is [string, string] => typeof price[1] === "string",
  );
  return {
    rateCode: text(dimension.rateCode),
    unit: text(dimension.unit),
    beginRange: text(dimension.beginRange),
    endRange: text(dimension.endRange),
    pricePerUnit: Object.fromEntries(prices),
  };
}

/** Anything that is no object has nothing in it. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Null: not there, or empty. */
export function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
