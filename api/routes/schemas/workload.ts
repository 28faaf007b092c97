import { z } from "@hono/zod-openapi";
import type { WorkloadVersion } from "../../../db/workloads.ts";
import { comparisonRequest } from "./comparison-request.ts";
import type { Same } from "./same.ts";

export const workloadVersion = z
  .object({
    name: z.string(),
    version: z.int().openapi({ description: "From 1, never given twice, also not after a deletion." }),
    storedAt: z.iso.datetime(),
  })
  .openapi("WorkloadVersion");

true satisfies Same<z.infer<typeof workloadVersion>, Omit<WorkloadVersion, "digest">>;

const next = z.string().nullable().openapi({ description: "`cursor` of the next page; null: there is none." });

export const workloadList = z.object({ workloads: z.array(workloadVersion), next }).openapi("WorkloadList");

export const versionList = z.object({ versions: z.array(workloadVersion), next }).openapi("WorkloadVersionList");

/** What can be asked anew of a saved workload. */
export const workloadOverlay = comparisonRequest
  .pick({
    ...{ region: true, hours: true, monthHours: true, period: true, asOf: true, snapshot: true, options: true },
    ...{ effort: true, seed: true, simulations: true, rateCard: true, usage: true },
  })
  .openapi("WorkloadOverlay", {
    description:
      "Fields of a comparison's request that are laid over the saved one, each as a whole; null takes one away.",
    example: { hours: 8760, options: ["fargate"] },
  });
