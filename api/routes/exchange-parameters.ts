import { z } from "@hono/zod-openapi";
import { Exact } from "../core/model/exact.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import type { Exchange } from "../present/exchange.ts";
import type { Parameter } from "./query.ts";

const currencies = new Set(Intl.supportedValuesOf("currency"));

const currency: Parameter<string> = {
  read: (text) => (currencies.has(text.toUpperCase()) ? text.toUpperCase() : undefined),
  should: "the code of a currency (ISO 4217), such as EUR",
};

const exchangeRate: Parameter<string> = {
  read: (text) => (/^\d{1,9}(\.\d{1,12})?$/.test(text) && Number(text) > 0 ? new Exact(text).toFixed() : undefined),
  should: "a number above 0 such as 0.92: so much of the currency for one of the currency of the prices",
};

const exchangeRateDate: Parameter<string> = {
  read: (text) => (z.iso.date().safeParse(text).success ? text : undefined),
  should: "the day that the rate is of, such as 2026-11-25",
};

/** What a comparison can be asked to be shown in, in the query of its address. */
export const exchangeParameters = { currency, exchangeRate, exchangeRateDate };

type Name = keyof typeof exchangeParameters;

/** Null: as it is priced. Currency, rate and date come together or not at all. */
export function readExchange(query: Readonly<Record<string, unknown>>, priced: string): Result<Exchange | null> {
  const names = Object.keys(exchangeParameters) as Name[];
  const { currency: to, exchangeRate: rate, exchangeRateDate: date } = query as Partial<Record<Name, string | null>>;
  const missing = names.filter((name) => (query[name] ?? null) === null);
  if (missing.length === names.length) return { ok: true, value: null };
  if (!to || !rate || !date) return { ok: false, problems: missing.map(missingProblem) };
  if (to !== priced) return { ok: true, value: { currency: to, rate, date } };
  const message = `Prices are in ${priced} already: leave out currency, exchangeRate and exchangeRateDate.`;
  return { ok: false, problems: [{ code: "conflicting_values", path: "currency", message }] };
}

function missingProblem(path: Name): Problem {
  const should = exchangeParameters[path].should;
  return { code: "missing", path, message: `Amounts in another currency take ${path} too: ${should}.` };
}

/** The same, described. */
export const exchangeQuery = {
  currency: z.string().optional().openapi({
    description:
      "Of text, CSV and workbooks: the currency to show amounts in (ISO 4217), by exchangeRate of exchangeRateDate. What is paid is as priced.",
    example: "EUR",
  }),
  exchangeRate: z.string().optional().openapi({
    description: "How much of `currency` one of the currency of the prices (`currency` of the answer) is.",
    example: "0.92",
  }),
  exchangeRateDate: z.iso
    .date()
    .optional()
    .openapi({ description: "The day that exchangeRate is of.", example: "2026-11-25" }),
};
