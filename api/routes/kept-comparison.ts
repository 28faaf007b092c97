import { findComparison } from "../../db/comparisons.ts";
import type { Database } from "../../db/database.ts";
import type { ComparisonDocument } from "../present/json.ts";
import type { Freshness } from "../present/staleness.ts";
import { stalePrices } from "../stale-prices.ts";
import type { Presentation } from "./presentations.ts";

export interface Given {
  readonly database: Database;
  readonly freshness: Freshness;
}

export interface Shown {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The very bytes that are kept, which never change; others say how old the prices are on the day they are asked for. */
  readonly isKept: boolean;
}

/** A comparison as it was answered; null: there is none with this id. */
export async function keptComparison(
  id: string,
  presentation: Presentation,
  { database, freshness }: Given,
): Promise<Shown | null> {
  const body = idPattern.test(id) ? await findComparison(database, id) : null;
  if (body === null) return null;
  const document = JSON.parse(body) as ComparisonDocument;
  const isKept = presentation.mediaType === keptMediaType;
  const stale = await stalePrices(database, document, freshness);
  return {
    body: isKept ? body : presentation.present(document, stale),
    headers: { ...staleHeader(stale), "Content-Type": presentation.contentType },
    isKept,
  };
}

/** How old the prices are is no part of what is kept: it is told anew each time. */
export function staleHeader(stale: string | null): Record<string, string> {
  return stale === null ? {} : { "Stowage-Prices": stale };
}

const idPattern = /^[0-9a-f]{32}$/;
const keptMediaType = "application/json";
