import type { PriceRow, PriceSource, SourceRow } from "../../api/price-sources/price-source.ts";
import { SourceFailure } from "../../api/price-sources/source-failure.ts";

/** A source that holds these rows, part by part; a part that is a text cannot be read, for that reason. */
export function fakeSource(
  parts: Readonly<Record<string, readonly SourceRow[] | string>>,
  id = "price-list-api",
): PriceSource {
  return {
    ...{ id, label: "a test's source", reference: "https://example.com", permissions: [], onByDefault: true },
    ...{ parts: Object.keys(parts), partsOnRequest: [] },
    async *read({ regions, parts: asked = [] }) {
      // Readers wait for their answers.
      await Promise.resolve();
      for (const part of asked) {
        const rows = parts[part] ?? [];
        if (typeof rows === "string") throw new SourceFailure(rows, { code: "unreachable" });
        yield* rows.filter(({ region }) => region === null || regions.includes(region));
      }
    },
  };
}

/** The price of an SKU of nobody's in us-east-1, unless said otherwise. */
export function priceRow(fields: Partial<PriceRow>): PriceRow {
  return {
    ...{ kind: "price", region: "us-east-1", sku: "test/one", unit: "Hour", unitPrice: "0.1", currency: "USD" },
    ...{ tierFrom: "0", tierTo: null, effectiveDate: "2026-11-01T00:00:00Z", effectiveFrom: "2026-11-01" },
    ...{ rateCode: "RATE", source: "a list of November", note: null, ...fields },
  };
}
