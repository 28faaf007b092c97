import type { Database } from "../db/database.ts";
import { oldestKnownDay } from "../db/price-ages.ts";
import { isUnreachable } from "../db/unreachable.ts";
import type { ComparisonDocument } from "./present/json.ts";
import { type Freshness, staleness } from "./present/staleness.ts";

/**
 * A sentence where a price of the comparison is past its age on the day of asking; null: none is. A price that a refresh has found
 * unchanged is as fresh as that reading. It is no part of what is kept, and changes with the day.
 */
export async function stalePrices(
  database: Database,
  { region, prices, options }: ComparisonDocument,
  freshness: Freshness,
): Promise<string | null> {
  const stale = staleness(prices, freshness);
  // Nothing can make fresh prices stale.
  if (stale === null) return null;
  const used = options.flatMap(({ lineItems }) =>
    lineItems.map(({ sku, estimated, price }) => ({ sku, estimated, effectiveDate: price.effectiveDate })),
  );
  const asked = { region, snapshot: prices.snapshot, used };
  const known = await oldestKnownDay(database, asked).catch((error: unknown) => {
    if (isUnreachable(error)) return null;
    throw error;
  });
  return staleness({ oldest: prices.oldest, known: known ?? prices.oldest }, freshness);
}
