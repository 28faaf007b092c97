import type { Context } from "hono";
import { setMetric } from "hono/timing";
import { type Answering, type Asked, answer } from "../answer.ts";
import { exchanged } from "../present/exchange.ts";
import type { ComparisonDocument } from "../present/json.ts";
import type { Freshness } from "../present/staleness.ts";
import { stalePrices } from "../stale-prices.ts";
import { readExchange } from "./exchange-parameters.ts";
import { negotiate, type Presentation, presentations } from "./presentations.ts";
import { problemDetails, type Refusal, refusal } from "./problem-details.ts";
import { type Parameters, readParameters, type Values } from "./query.ts";

/** How a comparison is asked to be shown. */
export interface Wanted {
  readonly presentation: Presentation;
  /** It was chosen by the Accept header, and another header would choose another. */
  readonly isNegotiated: boolean;
  /** What the presentation is asked for besides. */
  readonly query: Readonly<Record<string, unknown>>;
}

/** By the extension of the address, or where it has none by the Accept header. `own`: what else may be in the address's query. */
export function wanted<P extends Parameters>(
  c: Context,
  extension: string | null,
  own?: P,
): (Wanted & { readonly own: Values<P> }) | Refusal {
  const isNegotiated = extension === null;
  const presentation = isNegotiated
    ? negotiate(c.req.header("accept"))
    : presentations.find((one) => one.extension === extension);
  if (presentation === null) return notAcceptable();
  if (presentation === undefined) {
    const known = presentations.map((one) => `.${one.extension}`).join(", ");
    return refusal(404, "not_found", `A comparison's address can end in ${known}, or in nothing of the kind.`);
  }
  const parameters = { ...presentation.parameters, ...own };
  // Where nothing is to be told by a query, what stands there says nothing.
  if (Object.keys(parameters).length === 0) return { presentation, isNegotiated, query: {}, own: {} as Values<P> };
  const read = readParameters(c, parameters);
  if (!read.ok) return { status: 400, problems: read.problems };
  return { presentation, isNegotiated, query: read.value, own: read.value as Values<P> };
}

function notAcceptable(): Refusal {
  const known = presentations.map(({ mediaType }) => mediaType).join(", ");
  return refusal(406, "not_acceptable", `A comparison can be had as ${known}; Accept names none of them.`);
}

/** What it takes to make comparisons and to show them. */
export interface Comparing extends Answering {
  readonly freshness: () => Freshness;
}

/** A comparison made now: what it says, and in `Server-Timing` how long each stage took; `headers` are of one that is stored. */
export async function presentedNow(
  c: Context,
  { asked, wanted: how, headers }: Making,
  comparing: Comparing,
): Promise<Response> {
  const answered = await answer({ ...asked, hungUp: c.req.raw.signal }, comparing);
  if (!answered.ok) return problemDetails(c, { status: 422, problems: answered.problems });
  const { document, isStored, stages } = answered.value;
  for (const { name, milliseconds } of stages) setMetric(c, name, milliseconds);
  const shown = { document, wanted: how, headers: isStored ? headers(`/v1/comparisons/${document.id}`) : {} };
  return await presented(c, isStored ? shown : { ...shown, unconfirmed }, comparing);
}

interface Making {
  readonly asked: Asked;
  readonly wanted: Wanted;
  headers(address: string): Readonly<Record<string, string>>;
}

const unconfirmed = "Stale: the database does not answer, so prices are those it gave last, and nothing is stored.";

export interface Shown {
  readonly document: ComparisonDocument;
  /** As it is kept, where it is; the presentation `keptMediaType` hands it out as it is. */
  readonly kept?: string;
  readonly wanted: Wanted;
  readonly headers: Readonly<Record<string, string>>;
  /** What is to be said of its prices, beside their age. */
  readonly unconfirmed?: string;
}

/** The comparison as it is wanted. How old its prices are is told anew each time: it is no part of what is kept. */
export async function presented(
  c: Context,
  { document, kept, wanted: { presentation, isNegotiated, query }, headers, unconfirmed: said }: Shown,
  { database, freshness }: Pick<Comparing, "database" | "freshness">,
): Promise<Response> {
  const old = await stalePrices(database, document, freshness());
  const stale = [said, old].filter(Boolean).join(" ") || null;
  const isKept = kept !== undefined && presentation.mediaType === keptMediaType;
  const exchange = readExchange(query, document.currency);
  if (!exchange.ok) return problemDetails(c, { status: 400, problems: exchange.problems });
  const shown = isKept ? kept : await presentation.present(exchanged(document, exchange.value), { stale, query });
  if (typeof shown === "object" && "problem" in shown) {
    return problemDetails(c, { status: 400, problems: [shown.problem] });
  }
  const paged = typeof shown === "object" && "pages" in shown ? shown : { page: shown, pages: 1 };
  return c.body(paged.page, 200, {
    ...(stale === null ? {} : { "Stowage-Prices": stale }),
    ...headers,
    ...otherPages(c, paged.pages),
    "Content-Type": presentation.contentType,
    ...(presentation.isFile ? { "Content-Disposition": attachment(document.id, presentation.extension) } : {}),
    ...(isNegotiated ? { Vary: "Accept" } : {}),
  });
}

/** Where the next page is, and the last one (RFC 8288). */
function otherPages(c: Context, pages: number): Record<string, string> {
  const { pathname, searchParams } = new URL(c.req.url);
  const page = Number(searchParams.get("page") ?? 1);
  const at = (number: number) => {
    const query = new URLSearchParams(searchParams);
    query.set("page", `${number}`);
    return `<${pathname}?${query}>`;
  };
  if (page >= pages) return {};
  return { Link: `${at(page + 1)}; rel="next", ${at(pages)}; rel="last"` };
}

function attachment(id: string, extension: string): string {
  return `attachment; filename="stowage-${id}.${extension}"`;
}

export const keptMediaType = "application/json";
