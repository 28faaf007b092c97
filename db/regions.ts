import { ne } from "drizzle-orm";
import type { Database } from "./database.ts";
import { everywhere } from "./prices.ts";
import { price } from "./schema.ts";

/** Every region that has prices, by name. */
export async function listRegions(database: Database): Promise<string[]> {
  const rows = await database.selectDistinct({ region: price.region }).from(price).where(ne(price.region, everywhere));
  return rows.map((row) => row.region).sort();
}
