import type { Context } from "hono";
import { setMetric } from "hono/timing";
import type { Database } from "../../db/database.ts";
import type { Answered } from "../answer.ts";
import type { Calculate } from "../calculating/calculate.ts";
import type { Freshness } from "../present/staleness.ts";
import { stalePrices } from "../stale-prices.ts";
import { staleHeader } from "./kept-comparison.ts";
import type { Presentation } from "./presentations.ts";
import { problemDetails } from "./problem-details.ts";

export interface Comparing {
  readonly database: Database;
  readonly freshness: () => Freshness;
  readonly calculate: Calculate;
}

/** A comparison made now: what it says, where it is stored, and in `Server-Timing` how long each stage took. */
export async function madeComparison(
  c: Context,
  { asked, presentation }: { readonly asked: unknown; readonly presentation: Presentation },
  comparing: Comparing,
): Promise<Response> {
  const answered = await comparing.calculate(asked, c.req.raw.signal);
  if (!answered.ok) return problemDetails(c, { status: 422, problems: answered.problems });
  const { document, isStored, stages } = answered.value;
  for (const { name, milliseconds } of stages) setMetric(c, name, milliseconds);
  const stale = await staleNow(answered.value, comparing);
  return c.body(presentation.present(document, stale), 200, {
    ...staleHeader(stale),
    "Content-Type": presentation.contentType,
    ...(isStored ? { Location: `/v1/comparisons/${document.id}` } : {}),
    Vary: "Accept",
  });
}

async function staleNow({ document, isStored }: Answered, { database, freshness }: Comparing): Promise<string | null> {
  const stale = await stalePrices(database, document, freshness());
  if (isStored) return stale;
  const unconfirmed = "Stale: the database does not answer, so prices are those it gave last, and nothing is stored.";
  return stale === null ? unconfirmed : `${unconfirmed} ${stale}`;
}
