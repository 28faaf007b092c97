import { and, eq, isNull, lte, min } from "drizzle-orm";
import type { Problem } from "../api/core/model/problem.ts";
import type { Database } from "./database.ts";
import type { PricesAt } from "./prices.ts";
import { listRegions } from "./regions.ts";
import { price } from "./schema.ts";

/**
 * Why a region has no prices in force, for whoever found none: `region_unknown` (naming the known ones) or `as_of_before_first_price`
 * (naming the first day that has prices).
 */
export async function missingPrices(database: Database, { region, snapshotNumber, asOf }: PricesAt): Promise<Problem> {
  const regions = await listRegions(database);
  if (asOf === null || !regions.includes(region)) {
    const message = `There are no prices for the region "${region}". Known: ${regions.join(", ")}.`;
    return { code: "region_unknown", path: "region", message };
  }
  const [found] = await database
    .select({ first: min(price.effectiveFrom) })
    .from(price)
    .where(and(eq(price.region, region), lte(price.snapshot, snapshotNumber), isNull(price.status)));
  const first = found?.first ?? null;
  const known = first === null ? "Its prices have no dates" : `The first day with a known price there is ${first}`;
  const message = `No price of ${region} is known for ${asOf}. ${known}.`;
  return { code: "as_of_before_first_price", path: "asOf", message };
}
