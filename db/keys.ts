import { and, eq, gt, isNull, lt, or } from "drizzle-orm";
import { apiKey } from "./access-schema.ts";
import type { Database } from "./database.ts";
import type { Scope } from "./scope.ts";

/** A key without the key: what may be shown of it. */
export interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** SHA-256 of the key, in hex: enough to know it again, too little to make it. */
export interface KeptKey extends ListedKey {
  readonly hash: string;
}

export async function storeKey(database: Database, key: Omit<KeptKey, "lastUsedAt" | "revokedAt">): Promise<void> {
  await database.insert(apiKey).values(key);
}

/** Revoked and expired ones too; null where none has this id. */
export async function findKey(database: Database, id: string): Promise<KeptKey | null> {
  const found = await database.select().from(apiKey).where(eq(apiKey.id, id));
  return found[0] ?? null;
}

/** In the order in which they were made. */
export async function listKeys(database: Database): Promise<ListedKey[]> {
  return await database.select(shown).from(apiKey).orderBy(apiKey.createdAt, apiKey.id);
}

const shown = {
  id: apiKey.id,
  name: apiKey.name,
  scope: apiKey.scope,
  createdAt: apiKey.createdAt,
  lastUsedAt: apiKey.lastUsedAt,
  expiresAt: apiKey.expiresAt,
  revokedAt: apiKey.revokedAt,
};

/** Whether there is a key of this id. One that was revoked before stays revoked as of then. */
export async function revokeKey(database: Database, id: string, now: Date): Promise<boolean> {
  await database
    .update(apiKey)
    .set({ revokedAt: now })
    .where(and(eq(apiKey.id, id), isNull(apiKey.revokedAt)));
  return (await findKey(database, id)) !== null;
}

/** Notes a use, to the minute: a key in heavy use is written no more often than that. */
export async function noteKeyUse(database: Database, id: string, now: Date): Promise<void> {
  const noted = or(isNull(apiKey.lastUsedAt), lt(apiKey.lastUsedAt, new Date(now.getTime() - minute)));
  await database
    .update(apiKey)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKey.id, id), noted));
}

const minute = 60_000;

/** Whether a key was ever made, be it revoked by now. */
export async function wasKeyMade(database: Database): Promise<boolean> {
  return (await database.select({ id: apiKey.id }).from(apiKey).limit(1)).length > 0;
}

/** Whether anybody can ask with a key. */
export async function isKeyInForce(database: Database, now: Date): Promise<boolean> {
  const lasts = or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, now));
  const inForce = database
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(and(isNull(apiKey.revokedAt), lasts));
  return (await inForce.limit(1)).length > 0;
}
