import type {
  PriceRow,
  PriceSource,
  ReadRequest,
  RefusedRow,
  SourceRow,
} from "../../api/price-sources/price-source.ts";

export async function rowsOf(source: PriceSource, request: ReadRequest): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of source.read(request)) rows.push(row);
  return rows;
}

export function pricesIn(rows: readonly SourceRow[]): PriceRow[] {
  return rows.filter((row) => row.kind === "price");
}

export function refusedIn(rows: readonly SourceRow[]): RefusedRow[] {
  return rows.filter((row) => row.kind === "refused");
}

/** `sku price unit`, with the tier where there are several. */
export function brief(rows: readonly SourceRow[]): string[] {
  return pricesIn(rows).map(({ sku, unitPrice, unit, tierFrom, tierTo }) => {
    const tier = tierFrom === "0" && tierTo === null ? "" : ` ${tierFrom}-${tierTo ?? ""}`;
    return `${sku} ${unitPrice} ${unit}${tier}`;
  });
}

/** `reason name`. */
export function refusals(rows: readonly SourceRow[]): string[] {
  return refusedIn(rows).map(({ reason, name }) => `${reason} ${name}`);
}
