import { parseArgs } from "node:util";
import { isDay } from "../../api/core/model/field.ts";
import type { Result } from "../../api/core/model/problem.ts";
import { table, wrapped } from "../../api/present/layout.ts";
import type { PricePage } from "../../api/routes/schemas/price-list.ts";
import { type ListedPrice, listPrices, type PriceListQuestion } from "../../db/price-list.ts";
import { hereOrThere } from "./here-or-there.ts";

const usage = `Shows the prices of a region, with source and date.

  npm run --silent prices -- show --region R [options]

  --sku PATTERN    an SKU, or with * at its end what it begins with
  --as-of DATE     prices in force on this day, such as 2026-10-01
  --snapshot ID    prices as known at this snapshot
  --json           the prices as JSON, as GET /v1/prices gives them`;

/** Prints prices. Exit codes: 0 shown, 1 the database cannot be used, 2 bad words or nothing of the kind. */
export async function show(words: readonly string[]): Promise<number> {
  const said = readWords(words);
  if (typeof said === "string") {
    console.error(said);
    return 2;
  }
  if ("help" in said) {
    console.log(usage);
    return 0;
  }
  const listed = await readAll(said);
  if (!listed.ok) {
    for (const { message } of listed.problems) console.error(message);
    return 2;
  }
  console.log(said.json ? JSON.stringify(listed.value, null, 2) : priceText(listed.value));
  return 0;
}

type Words = Omit<PriceListQuestion, "after" | "limit"> & { readonly json: boolean };

function readWords(words: readonly string[]): Words | { readonly help: true } | string {
  try {
    const { values } = parseArgs({ args: [...words], options });
    if (values.help) return { help: true };
    const { region, sku = null, "as-of": asOf = null, snapshot = null, json } = values;
    if (region === undefined) return `Say --region R.\n\n${usage}`;
    if (asOf !== null && !isDay(asOf)) return `--as-of must be a day such as 2026-10-01.\n\n${usage}`;
    return { region, sku: sku === "*" ? null : sku, asOf, snapshot, json };
  } catch (error) {
    // parseArgs names the word that it does not know.
    return `${error instanceof Error ? error.message : error}\n\n${usage}`;
  }
}

const options = {
  region: { type: "string" },
  sku: { type: "string" },
  "as-of": { type: "string" },
  snapshot: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Of a server the most that it gives at once; here, where nothing travels, everything. */
const pageSize = { there: 1000, here: 50_000 };

/** All pages as one. */
async function readAll(question: Words): Promise<Result<PricePage>> {
  const prices: ListedPrice[] = [];
  let cursor: { readonly snapshot: string; readonly after: string } | null = null;
  while (true) {
    const page: Result<PricePage> = await readPage(question, cursor);
    if (!page.ok) return page;
    prices.push(...page.value.prices);
    const [snapshot = "", after] = page.value.next?.split(/\.(.*)/s) ?? [];
    if (after === undefined) return { ok: true, value: { ...page.value, prices } };
    cursor = { snapshot, after };
  }
}

type Cursor = { readonly snapshot: string; readonly after: string } | null;

function readPage({ json: _, ...question }: Words, cursor: Cursor): Promise<Result<PricePage>> {
  const asked = { limit: String(pageSize.there), cursor: cursor === null ? "" : `${cursor.snapshot}.${cursor.after}` };
  const parameters = Object.entries({ ...question, ...asked }).map(([name, value]): [string, string] => [
    name,
    value ?? "",
  ]);
  return hereOrThere<PricePage>({
    there: `/v1/prices?${new URLSearchParams(parameters)}`,
    here: async (database) => {
      const listed = await listPrices(database, {
        ...{ ...question, limit: pageSize.here, after: cursor?.after ?? null },
        snapshot: cursor?.snapshot ?? question.snapshot ?? null,
      });
      if (!listed.ok) return listed;
      const { last, ...page } = listed.value;
      return { ok: true, value: { ...page, next: last === null ? null : `${page.snapshot}.${last}` } };
    },
  });
}

/** Longer ones stand on a line of their own, so that the table keeps within 100 columns. */
const skuWidth = 48;

function priceText({ region, currency, asOf, snapshot, prices }: PricePage): string {
  if (prices.length === 0) return `No price of ${region} matches.`;
  const sources = [...new Set(prices.map(({ source }) => source))];
  const flags = [...new Set(prices.flatMap(({ flag }) => flag ?? []))];
  const rows = prices.map((price) => cells(price, { sources, flags }));
  const short = rows.map(([sku = "", ...rest]) => [sku.length > skuWidth ? "" : sku, ...rest]);
  const lines = table([["SKU", currency, "per", "since", "source"], ...short], [1]);
  const all = lines.flatMap((line, at) => {
    const [sku = ""] = rows[at - 1] ?? [];
    const price = prices[at - 1];
    return [...(sku.length > skuWidth ? [sku] : []), line, ...(price === undefined ? [] : spotLine(price))];
  });
  return [
    `${region}${asOf === null ? "" : ` on ${asOf}`}, snapshot ${snapshot}`,
    ...["", ...all, ""],
    ...sources.flatMap((source, at) => wrapped(source, "     ", `[${at + 1}]  `)),
    ...flags.flatMap((flag, at) => wrapped(`to be doubted: ${flag}`, "     ", `${mark(at)}  `)),
  ].join("\n");
}

function cells(
  price: ListedPrice,
  known: { readonly sources: readonly string[]; readonly flags: readonly string[] },
): string[] {
  const { sku, unit, unitPrice, tierFrom, effectiveFrom, flag, source } = price;
  const doubt = flag === null ? "" : ` ${mark(known.flags.indexOf(flag))}`;
  const tier = tierFrom === "0" ? "" : `  from ${tierFrom}`;
  return [sku + tier, unitPrice, unit, effectiveFrom ?? "undated", `[${known.sources.indexOf(source) + 1}]${doubt}`];
}

/** What a Spot price was, and how often its instances were taken back. */
function spotLine({ history, interruption }: ListedPrice): string[] {
  if (history === null) return [];
  const { low, median, high, observations, since } = history;
  const from = since === null ? "" : ` since ${since}`;
  const range = `${low} to ${high}, median ${median}, ${observations} observations${from}`;
  const parts = [
    ...(observations > 1 ? [range] : []),
    ...(interruption === null ? [] : [`interruptions ${interruption.band} (${interruption.asOf})`]),
  ];
  return parts.length === 0 ? [] : wrapped(parts.join("; "), "    ", "  ");
}

function mark(at: number): string {
  return "*".repeat(at + 1);
}
