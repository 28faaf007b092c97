import { z } from "@hono/zod-openapi";
import { keyLengthMax } from "../../batching/read-item.ts";
import { comparisonRequest } from "./comparison-request.ts";
import { problem } from "./problem.ts";
import { workloadOverlay } from "./workload.ts";

const key = z.string().min(1).max(keyLengthMax).optional().openapi({
  description: "What you call this item. Left out: the number of its line.",
});

const ofWorkload = workloadOverlay
  .extend({
    key,
    workload: z.string().openapi({ description: "Name of the saved workload, which the other fields are laid over." }),
    version: z.int().min(1).optional().openapi({ description: "Left out: the latest when the batch is sent." }),
  })
  .openapi("BatchWorkloadLine", {
    description: "A line: one request for a comparison of a saved workload.",
    example: { key: "web, a year", workload: "web", version: 3, hours: 8760 },
  });

export const batchRequestLine = z
  .union([comparisonRequest.extend({ key }), ofWorkload])
  .openapi("BatchRequestLine", { description: "A line: one request for a comparison." });

const batchId = z.string().openapi({ description: "Of the batch." });

const begun = z.object({
  batch: batchId,
  items: z.int(),
  resume: z.string().openapi({ description: "Where the result can be had (again)." }),
});

const item = {
  number: z.int().openapi({ description: "Of the line in the request, from 1." }),
  key: z.string(),
};

const compared = z.object({
  ...item,
  comparison: z.string().openapi({ description: "Its id, for GET /v1/comparisons/{id}." }),
  cheapest: z.string().nullable(),
  recommended: z.string().nullable(),
  totals: z.record(z.string(), z.string().nullable()).openapi({ description: "By option; null: it has none." }),
});

const refused = z.object({ ...item, problems: z.array(problem).min(1) });

const ended = z.object({
  batch: batchId,
  done: z.boolean().openapi({ description: "Whether every item is among the lines before." }),
  succeeded: z.int(),
  failed: z.int(),
});

export const batchResultLine = z.union([begun, compared, refused, ended]).openapi("BatchResultLine", {
  description: "A line: the batch, one of its items, or its end. Without an end the connection broke.",
});

export const batchCounts = z
  .object({
    batch: batchId,
    items: z.int(),
    done: z.boolean(),
    succeeded: z.int(),
    failed: z.int(),
    results: z.string().openapi({ description: "Where the result can be had." }),
  })
  .openapi("Batch");
