import type { Database } from "../db/database.ts";
import { storeKey } from "../db/keys.ts";
import { type Scope, scopes } from "../db/scope.ts";
import { isBlank, isDay, isObject, unknownFields } from "./core/model/field.ts";
import type { Problem, Result } from "./core/model/problem.ts";
import { makeCredential } from "./credential.ts";

/** A key as it is handed out, this once: only a hash of `key` is kept. */
export interface MadeKey {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly createdAt: string;
  /** Null: never. */
  readonly expiresAt: string | null;
  readonly key: string;
}

/** Makes a key from `{ name, scope, expires? }` and keeps its hash. */
export async function makeKey(asked: unknown, database: Database, now: Date): Promise<Result<MadeKey>> {
  const read = readAsked(asked, now);
  if (!read.ok) return read;
  const { id, text, hash } = makeCredential("stw");
  const { name, scope, expiresAt } = read.value;
  await storeKey(database, { id, hash, name, scope, createdAt: now, expiresAt });
  const dates = { createdAt: now.toISOString(), expiresAt: expiresAt?.toISOString() ?? null };
  return { ok: true, value: { id, name, scope, ...dates, key: text } };
}

interface Asked {
  readonly name: string;
  readonly scope: Scope;
  readonly expiresAt: Date | null;
}

function readAsked(asked: unknown, now: Date): Result<Asked> {
  if (!isObject(asked)) return { ok: false, problems: [wrong("wrong_type", "", "A key is asked for with an object.")] };
  const { name, scope: said, expires } = asked;
  const problems = unknownFields(asked, "", ["name", "scope", "expires"]);
  const isName = typeof name === "string" && /^[^\p{C}\s](?:[^\p{C}]{0,98}[^\p{C}\s])?$/u.test(name);
  if (!isName)
    problems.push(wrong("not_a_name", "name", "name must be up to 100 characters that say whose key it is."));
  const scope = scopes.find((known) => known === said);
  if (scope === undefined) problems.push(wrong("not_a_scope", "scope", `scope must be one of ${scopes.join(", ")}.`));
  const day = isBlank(expires) ? null : isDay(expires) ? new Date(`${expires}T00:00:00Z`) : undefined;
  if (day === undefined) problems.push(wrong("not_a_day", "expires", "expires must be a day such as 2027-01-01."));
  else if (day !== null && day <= now) problems.push(wrong("in_the_past", "expires", "expires must be a day to come."));
  if (!isName || scope === undefined || day === undefined || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { name, scope, expiresAt: day } };
}

function wrong(code: string, path: string, message: string): Problem {
  return { code, path, message };
}
