import { hasOwnPrices } from "../db/comparisons.ts";
import type { Database } from "../db/database.ts";
import { type ListedLink, storeLink } from "../db/links.ts";
import { findWorkload } from "../db/workloads.ts";
import { isObject, unknownFields } from "./core/model/field.ts";
import type { Problem, Result } from "./core/model/problem.ts";
import { makeCredential } from "./credential.ts";

/** A link as it is handed out, this once: only a hash of the token in `url` is kept. */
export interface MadeLink {
  readonly id: string;
  readonly url: string;
  readonly expiresAt: string;
}

export const linkDays = { usual: 90, max: 366 };

export interface LinkMaker {
  readonly database: Database;
  /** Id of a key; null: none was needed. */
  readonly createdBy: string | null;
  readonly now: Date;
}

/** Makes a link from `{ comparison | workload, expiresInDays?, ownPrices? }` and keeps its token's hash. */
export async function makeLink(asked: unknown, { database, createdBy, now }: LinkMaker): Promise<Result<MadeLink>> {
  const read = readAsked(asked);
  if (!read.ok) return read;
  const { days, ...what } = read.value;
  const problem = await targetProblem(what, database);
  if (problem !== null) return { ok: false, problems: [problem] };
  const { id, text, hash } = makeCredential("stl");
  const expiresAt = new Date(now.getTime() + days * 86_400_000);
  await storeLink(database, { id, hash, ...what, createdBy, createdAt: now, expiresAt });
  return { ok: true, value: { id, url: `/v1/sheets/${text}`, expiresAt: expiresAt.toISOString() } };
}

/** Of a workload prices of one's own can be left out when it is asked for, of a comparison they cannot. */
async function targetProblem({ kind, target, ownPrices }: Target, database: Database): Promise<Problem | null> {
  if (kind === "workload") {
    const found = await findWorkload(database, target);
    return found === null ? wrong("workload_unknown", kind, "There is no workload of this name.") : null;
  }
  const isOwn = await hasOwnPrices(database, target);
  if (isOwn === null) return wrong("comparison_unknown", kind, "There is no comparison with this id.");
  return isOwn && !ownPrices ? withOwnPrices : null;
}

const withOwnPrices = wrong(
  "own_prices",
  "ownPrices",
  "This comparison may show prices of your own. Set ownPrices to true to show them, or make it anew without a rate card.",
);

type Target = Pick<ListedLink, "kind" | "target" | "ownPrices">;

interface Asked extends Target {
  readonly days: number;
}

function readAsked(asked: unknown): Result<Asked> {
  if (!isObject(asked))
    return { ok: false, problems: [wrong("wrong_type", "", "A link is asked for with an object.")] };
  const { comparison, workload, expiresInDays: days = linkDays.usual, ownPrices = false } = asked;
  const problems = unknownFields(asked, "", ["comparison", "workload", "expiresInDays", "ownPrices"]);
  const kind = workload === undefined ? "comparison" : "workload";
  const target = workload ?? comparison;
  if (workload !== undefined && comparison !== undefined)
    problems.push(wrong("conflicting_values", "comparison", "A link shows a comparison or a workload, not both."));
  const isNamed = typeof target === "string" && (kind === "workload" || /^[0-9a-f]{32}$/.test(target));
  if (!isNamed) problems.push(wrong("not_an_id", kind, namedRule[kind]));
  const areDays = typeof days === "number" && Number.isInteger(days) && days >= 1 && days <= linkDays.max;
  if (!areDays) problems.push(wrong("out_of_range", "expiresInDays", daysRule));
  const isSaid = typeof ownPrices === "boolean";
  if (!isSaid) problems.push(wrong("wrong_type", "ownPrices", "ownPrices must be true or false."));
  if (!isNamed || !areDays || !isSaid || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { kind, target, days, ownPrices } };
}

const namedRule = {
  comparison: "comparison must be the id of a comparison, or workload the name of a saved workload.",
  workload: "workload must be the name of a saved workload.",
};

const daysRule = `expiresInDays must be a whole number from 1 to ${linkDays.max}.`;

function wrong(code: string, path: string, message: string): Problem {
  return { code, path, message };
}
