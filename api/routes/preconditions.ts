import type { Context } from "hono";
import type { Condition, WorkloadVersion } from "../../db/workloads.ts";
import { type Refusal, refusal } from "./problem-details.ts";

/** The strong entity tag of a version: its number, and what it says, since numbers begin anew after a purge. */
export function etagOf({ version, digest }: WorkloadVersion): string {
  return `"${version}-${digest.slice(0, 16)}"`;
}

/** What If-Match and If-None-Match ask of the workload as it is (RFC 9110, sections 13.1.1 and 13.1.2). */
export function conditionOf(c: Context): Condition {
  const [match, noneMatch] = [c.req.header("if-match"), c.req.header("if-none-match")];
  return (latest) =>
    (match === undefined || names(match, latest, "strong")) &&
    (noneMatch === undefined || !names(noneMatch, latest, "weak"));
}

/** Whether one of the header's tags is the version's; a weak one is so to If-None-Match only. */
function names(header: string, latest: WorkloadVersion | null, comparison: "strong" | "weak"): boolean {
  if (latest === null) return false;
  if (header.trim() === "*") return true;
  const tags = header.match(/(?:W\/)?"[^"]*"/g) ?? [];
  const same = comparison === "strong" ? tags : tags.map((tag) => tag.replace(/^W\//, ""));
  return same.includes(etagOf(latest));
}

export const preconditionFailed: Refusal = refusal(
  412,
  "precondition_failed",
  "The workload is not what If-Match or If-None-Match say: somebody has stored or deleted it. Read it again, and decide anew.",
);
