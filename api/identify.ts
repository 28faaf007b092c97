import { createHash } from "node:crypto";
import manifest from "../package.json" with { type: "json" };
import type { Workload } from "./core/model/workload.ts";

/** The version of the calculation; part of every answer and of its id. */
export const engine = manifest.version;

/**
 * The id of a comparison: a hash of all that decides its answer, so that the same question over the same prices is the same comparison.
 * A workload is already canonical (fields in the order of our own schema) and redacted (nothing outside the allow-list is in it).
 */
export function identify(workload: Workload, snapshot: string): string {
  const tagged = workload.services.map((service) => ({ ...service, tags: Object.entries(service.tags).sort() }));
  const question = JSON.stringify({ engine, snapshot, workload: { ...workload, services: tagged } });
  return createHash("sha256").update(question).digest("hex").slice(0, 32);
}
