import { and, eq, inArray, ne } from "drizzle-orm";
import type { Price } from "../api/core/model/price-book.ts";
import type { Cite } from "./citations.ts";
import type { Database } from "./database.ts";
import { everywhere, known, type PricesAt, readEachRegion, toPrice } from "./prices.ts";
import { price } from "./schema.ts";

const between = "data-transfer/inter-region";

/**
 * What data from other regions costs, by the SKU `data-transfer/inter-region/from/<region>`: the region that sends it asks the price, if
 * it can of this region by name, else of all regions.
 */
export async function readArrivalPrices(
  database: Database,
  where: PricesAt & { readonly cite: Cite; readonly currency: string },
): Promise<Map<string, Price[]>> {
  const { region, currency, cite } = where;
  const nearest = [`${between}/${region}`, ...(region.startsWith("us-east-") ? [`${between}/us-east`] : []), between];
  const elsewhere = and(
    known(where),
    inArray(price.sku, nearest),
    ne(price.region, region),
    ne(price.region, everywhere),
    eq(price.currency, currency),
  );
  const rows = await readEachRegion(database, elsewhere);
  const bySource = Map.groupBy(
    rows.filter(({ status }) => status === null),
    (row) => row.region,
  );
  return new Map(
    [...bySource].map(([source, asked]) => {
      const sku = nearest.find((one) => asked.some((row) => row.sku === one));
      const arriving = `${between}/from/${source}`;
      return [arriving, asked.filter((row) => row.sku === sku).map((row) => toPrice({ ...row, sku: arriving }, cite))];
    }),
  );
}
