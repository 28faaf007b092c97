import { z } from "@hono/zod-openapi";
import { type CsvQuery, csvChoices } from "../present/csv-query.ts";
import { exchangeParameters, exchangeQuery } from "./exchange-parameters.ts";
import { countUpTo, oneOf, type Parameter } from "./query.ts";

/** By its id: letters, digits and hyphens. */
const optionId: Parameter<string> = {
  read: (text) => (/^[a-z0-9][a-z0-9-]{0,63}$/.test(text) ? text : undefined),
  should: "the id of an option of the comparison, such as fargate",
};

const month: Parameter<string> = {
  read: (text) => (/^(20|21)\d\d-(0[1-9]|1[0-2])$/.test(text) ? text : undefined),
  should: "a month such as 2026-11",
};

/** What a comparison as CSV can be asked for in the query. */
export const csvParameters = {
  rows: oneOf(csvChoices.rows),
  format: oneOf(csvChoices.format),
  option: optionId,
  bom: oneOf(csvChoices.bom),
  page: countUpTo(1_000_000),
  per: oneOf(csvChoices.per),
  month,
  version: oneOf(csvChoices.focusVersion),
  focusVersion: oneOf(csvChoices.focusVersion),
  ...exchangeParameters,
};

/** What was read of it. A `version` that is a number is that of a saved workload. */
export function readCsvQuery(query: Readonly<Record<string, unknown>>): CsvQuery {
  const { rows, format, option, bom, page, per, month: asked, version, focusVersion } = query as Read;
  return {
    ...{ rows, format, option, page, per, month: asked },
    bom: bom === "true",
    focusVersion: focusVersion ?? (typeof version === "string" ? version : null),
  };
}

type Read = Omit<CsvQuery, "bom"> & {
  readonly bom: "true" | "false" | null;
  readonly version: CsvQuery["focusVersion"] | number;
};

const focusVersion = z.enum(csvChoices.focusVersion).optional();

/** The same, described. */
export const csvQuery = z.object({
  rows: z.enum(csvChoices.rows).optional().openapi({
    description:
      "Of CSV: a row for each option (unless told otherwise), each line item, or each hour of each line item. Costs of the rows of an option add up to its total, in cents.",
  }),
  format: z.enum(csvChoices.format).optional().openapi({
    description: "Of CSV: `focus` is one option as a planned bill in the FOCUS format of the FinOps Foundation.",
  }),
  option: z.string().optional().openapi({
    description: "Of CSV: rows of this option alone; of `focus` the recommended one unless told.",
    example: "fargate",
  }),
  bom: z.enum(csvChoices.bom).optional().openapi({
    description: "Of CSV: with the byte order mark by which Excel knows UTF-8.",
  }),
  page: z.int().min(1).optional().openapi({
    description:
      "Of CSV: of so many rows that a page stays under 1 MB; Link names the next page and the last. A link's address is always in pages.",
  }),
  per: z.enum(csvChoices.per).optional().openapi({ description: "Of `focus`: a charge's rows by month or by hour." }),
  month: z.string().optional().openapi({
    description:
      "Of `focus`: the month in which the period begins. Left out: as the request's period.start says, else the first month from that of the newest price on that is long enough.",
    example: "2026-11",
  }),
  focusVersion: focusVersion.openapi({
    description: "Of `focus`: the version of FOCUS, 1.4 unless told. `version` says the same but for saved workloads.",
  }),
  ...exchangeQuery,
});

export const csvQueryWithVersion = csvQuery.extend({
  version: focusVersion.openapi({ description: "Of `focus`: as focusVersion." }),
});
