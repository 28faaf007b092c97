import { z } from "@hono/zod-openapi";
import { problem } from "./problem.ts";

const importId = z.string().openapi({ description: "Of the import." });

const costs = z
  .record(z.string(), z.string().nullable())
  .openapi({ description: "Amounts by option; null: some of it cannot run so, or was not asked to." });

const recommendedCost = z
  .string()
  .nullable()
  .openapi({ description: "Where each cluster is on the option recommended for it; null: some have none." });

const place = { region: z.string(), cluster: z.string() };
const currency = z.string().nullable().openapi({ description: "Null: there is none, or there are several." });
const owner = z.string().nullable();
const borne = { services: z.int(), currency, costs, recommended: recommendedCost };

const cellProblem = problem
  .extend({
    sheet: z.string().nullable().openapi({ description: "Null: a CSV, which has none, or not known." }),
    row: z.int().nullable().openapi({ description: "From 1; null: the whole list." }),
    column: z.string().nullable().openapi({ description: "Such as C; null: the whole row." }),
  })
  .openapi("CellProblem");

export const listRefusal = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    problems: z.array(cellProblem).min(1).openapi({
      description: "Every cell that something is wrong with; after the first thousand, how many more there are.",
    }),
  })
  .openapi("ListProblems");

export const importProgress = z
  .object({
    import: importId,
    rows: z.int(),
    clusters: z.int(),
    done: z.boolean(),
    succeeded: z.int().openapi({ description: "Clusters that are calculated." }),
    failed: z.int().openapi({ description: "Clusters that there is no comparison of." }),
  })
  .openapi("ImportProgress");

const lacking = z.object({
  of: z.string().openapi({ description: "An option, or recommended." }),
  clusters: z.int(),
  first: z.array(z.object(place)),
});

const cluster = z.object({
  ...place,
  services: z.int(),
  hours: z.string().nullable().openapi({ description: "The priced period." }),
  currency,
  comparison: z.string().nullable().openapi({ description: "Id, for GET /v1/comparisons/{id}." }),
  cheapest: z.string().nullable(),
  recommended: z.string().nullable(),
  totals: costs,
  idle: costs.openapi({ description: "What no service takes of the instances, and what belongs to none." }),
  problems: z.array(problem).openapi({ description: "Why there is no comparison." }),
});

const service = z.object({
  row: z.int().openapi({ description: "As the list counted it." }),
  service: z.string(),
  ...place,
  ...{ owner, costCentre: owner, costs },
  recommended: z.string().nullable().openapi({ description: "The option recommended for its cluster." }),
  recommendedCost: z.string().nullable(),
});

export const importResult = z
  .object({
    import: importId,
    done: z.literal(true),
    rows: z.int(),
    hours: z.string().nullable().openapi({ description: "Null: clusters are priced for different hours." }),
    currency,
    options: z.array(z.string()),
    totals: costs,
    recommended: recommendedCost,
    lacking: z.array(lacking).openapi({ description: "The clusters for which a total is null." }),
    clusters: z.array(cluster),
    owners: z.array(z.object({ owner, ...borne })).openapi({ description: "With idle these add up to the totals." }),
    costCentres: z.array(z.object({ costCentre: owner, ...borne })),
    idle: z.object({ costs, recommended: recommendedCost }),
    assumptions: z.array(z.object({ code: z.string(), text: z.string() })),
    problems: z.array(cellProblem).openapi({ description: "Of what was left out of the list." }),
    services: z.array(service).openapi({ description: "In the order of the list." }),
  })
  .openapi("ImportResult");
