import type { PriceBook } from "./price-book.ts";

/** A limit that every snapshot holds; a missing one is our own mistake, not the user's. */
export function limitOf(book: PriceBook, key: string): number {
  const limit = book.limits.get(key);
  if (limit === undefined) throw new Error(`The price snapshot ${book.snapshot} lacks the limit ${key}`);
  return limit.value.toNumber();
}
