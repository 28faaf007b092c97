import { hasOwnPrices } from "../db/comparisons.ts";
import type { Database } from "../db/database.ts";
import { storeLink } from "../db/links.ts";
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

/** Makes a link from `{ comparison, expiresInDays?, ownPrices? }` and keeps its token's hash. */
export async function makeLink(asked: unknown, { database, createdBy, now }: LinkMaker): Promise<Result<MadeLink>> {
  const read = readAsked(asked);
  if (!read.ok) return read;
  const { comparison: target, days, ownPrices } = read.value;
  const isOwn = await hasOwnPrices(database, target);
  if (isOwn === null) return { ok: false, problems: [unknownComparison] };
  if (isOwn && !ownPrices) return { ok: false, problems: [withOwnPrices] };
  const { id, text, hash } = makeCredential("stl");
  const expiresAt = new Date(now.getTime() + days * 86_400_000);
  const what = { kind: "comparison", target, ownPrices } as const;
  await storeLink(database, { id, hash, ...what, createdBy, createdAt: now, expiresAt });
  return { ok: true, value: { id, url: `/v1/sheets/${text}`, expiresAt: expiresAt.toISOString() } };
}

const unknownComparison = wrong("comparison_unknown", "comparison", "There is no comparison with this id.");

const withOwnPrices = wrong(
  "own_prices",
  "ownPrices",
  "This comparison may show prices of your own. Set ownPrices to true to show them, or make it anew without a rate card.",
);

interface Asked {
  readonly comparison: string;
  readonly days: number;
  readonly ownPrices: boolean;
}

function readAsked(asked: unknown): Result<Asked> {
  if (!isObject(asked))
    return { ok: false, problems: [wrong("wrong_type", "", "A link is asked for with an object.")] };
  const { comparison, expiresInDays: days = linkDays.usual, ownPrices = false } = asked;
  const problems = unknownFields(asked, "", ["comparison", "expiresInDays", "ownPrices"]);
  const isId = typeof comparison === "string" && /^[0-9a-f]{32}$/.test(comparison);
  if (!isId) problems.push(wrong("not_an_id", "comparison", "comparison must be the id of a comparison."));
  const areDays = typeof days === "number" && Number.isInteger(days) && days >= 1 && days <= linkDays.max;
  if (!areDays) problems.push(wrong("out_of_range", "expiresInDays", daysRule));
  const isSaid = typeof ownPrices === "boolean";
  if (!isSaid) problems.push(wrong("wrong_type", "ownPrices", "ownPrices must be true or false."));
  if (!isId || !areDays || !isSaid || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { comparison, days, ownPrices } };
}

const daysRule = `expiresInDays must be a whole number from 1 to ${linkDays.max}.`;

function wrong(code: string, path: string, message: string): Problem {
  return { code, path, message };
}
