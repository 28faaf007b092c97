import type { TakenItem } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";
import { findWorkload } from "../../db/workloads.ts";
import type { Asked } from "../answer.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import { laidOver } from "../saved-workload.ts";
import { redactedRequest } from "./redacted-request.ts";

/** What an item of a saved workload is kept as: not the workload, which another thousand may be asked of, but what differs from it. */
export interface Overlay {
  /** JSON of the fields laid over. */
  readonly request: string;
  readonly workload: string;
  /** The one asked for, or the latest there is now. */
  readonly workloadVersion: number;
}

/** `{ "workload": "web", "version": 3, "hours": 100 }`: the saved request with other fields laid over its own. */
export async function readOverlay(
  { workload: name, version, ...over }: Readonly<Record<string, unknown>>,
  database: Database,
): Promise<Result<Overlay>> {
  if (typeof name !== "string" || name === "") return { ok: false, problems: [notAWorkload] };
  if (version !== undefined && !isVersion(version)) return { ok: false, problems: [notAVersion] };
  const found = await findWorkload(database, name, version);
  if (found === null) return { ok: false, problems: [workloadUnknown] };
  const request = laidOver(found.body, over);
  if (!request.ok) return request;
  // Reading a large workload for one line after another would leave other requests without a turn.
  if (found.body.length > largeLength) await new Promise((resolve) => setTimeout(resolve));
  const redacted = await redactedRequest(request.value, database);
  if (!redacted.ok) return redacted;
  const kept = Object.entries(redacted.value).filter(([field]) => Object.hasOwn(over, field));
  const body = JSON.stringify(Object.fromEntries(kept));
  return { ok: true, value: { request: body, workload: found.name, workloadVersion: found.version } };
}

function isVersion(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 2_147_483_647;
}

const largeLength = 100_000;

/** What is to be calculated for a kept item, or that its workload is not there any more. */
export async function askedBy(
  { request, workload, workloadVersion }: TakenItem,
  database: Database,
): Promise<Result<Asked>> {
  if (workload === null) return { ok: true, value: { request: JSON.parse(request) } };
  const found = await findWorkload(database, workload, workloadVersion ?? undefined);
  if (found === null) return { ok: false, problems: [workloadUnknown] };
  const whole = laidOver(found.body, JSON.parse(request));
  return whole.ok ? { ok: true, value: { request: whole.value, workload } } : whole;
}

const notAWorkload: Problem = {
  code: "wrong_type",
  path: "workload",
  message: "workload must be the name of a saved workload, as in PUT /v1/workloads/{name}.",
};

const notAVersion: Problem = {
  code: "wrong_type",
  path: "version",
  message: "version must be the number of a version of the workload, from 1. Left out, it is the latest.",
};

const workloadUnknown: Problem = {
  code: "workload_unknown",
  path: "workload",
  message: "There is no workload of this name, or no such version of it. Store one with PUT /v1/workloads/{name}.",
};
