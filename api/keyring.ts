import type { Database } from "../db/database.ts";
import { findKey, type KeptKey, noteKeyUse, wasKeyMade } from "../db/keys.ts";
import { isInForce, readCredential } from "./credential.ts";

/** What is remembered of keys for as long as the process lives. Only keys that somebody made, so that strangers cannot fill it. */
export interface KeyMemory {
  readonly keys: Map<string, { readonly key: KeptKey; readonly readAt: number }>;
  /** Whether a key was ever made, which stays so. */
  made: { readonly isMade: boolean; readonly readAt: number };
}

export function newKeyMemory(): KeyMemory {
  return { keys: new Map(), made: { isMade: false, readAt: Number.NEGATIVE_INFINITY } };
}

/** How long a key that was made or revoked by another process may go unnoticed. */
const memoryMilliseconds = 15_000;
const useMilliseconds = 60_000;

export interface Keyring {
  /** Whether a key was ever made: from then on every request needs one. */
  isKeyMade(): Promise<boolean>;
  /** The same as far as it is remembered, for requests that are answered whatever the database does. */
  isKeyKnown(): boolean;
  /** The key of this text, if it is in force; null: there is none such, for whatever reason. */
  find(text: string): Promise<KeptKey | null>;
  /** To be called once a key was made or revoked by this process, where it then counts at once. */
  forget(): void;
}

export interface KeyringSettings {
  readonly database: Database;
  readonly memory: KeyMemory;
  /** Throws a `DatabaseProblem` where the database cannot be asked. */
  readonly requirePrepared?: (() => Promise<void>) | undefined;
  readonly now: () => Date;
}

/** Keys by way of a short memory, which also serves for as long as the database does not answer. */
export function keyring(settings: KeyringSettings): Keyring {
  const { memory, now } = settings;
  return {
    isKeyMade: async () => {
      if (!memory.made.isMade && !isRecent(memory.made.readAt, now())) await lookForAny(settings);
      return memory.made.isMade;
    },
    isKeyKnown: () => memory.made.isMade,
    find: async (text) => {
      const credential = readCredential("stw", text);
      if (credential === null) return null;
      const key = await look(credential.id, settings);
      if (key === null || !isInForce(credential, key, now())) return null;
      await noteUse(key, settings);
      return key;
    },
    forget: () => {
      memory.keys.clear();
      memory.made = { isMade: true, readAt: now().getTime() };
    },
  };
}

async function lookForAny({ database, memory, requirePrepared, now }: KeyringSettings): Promise<void> {
  let { isMade } = memory.made;
  try {
    await requirePrepared?.();
    isMade = await wasKeyMade(database);
  } catch (error) {
    if (memory.made.readAt === Number.NEGATIVE_INFINITY) throw error;
  }
  memory.made = { isMade, readAt: now().getTime() };
}

async function look(id: string, { database, memory, requirePrepared, now }: KeyringSettings): Promise<KeptKey | null> {
  const known = memory.keys.get(id);
  if (known !== undefined && isRecent(known.readAt, now())) return known.key;
  try {
    await requirePrepared?.();
    const key = await findKey(database, id);
    if (key === null) memory.keys.delete(id);
    else memory.keys.set(id, { key, readAt: now().getTime() });
    return key;
  } catch (error) {
    if (known === undefined) throw error;
    memory.keys.set(id, { ...known, readAt: now().getTime() });
    return known.key;
  }
}

/** Once in a while only, and whether it succeeds decides nothing. */
async function noteUse(key: KeptKey, { database, memory, now }: KeyringSettings): Promise<void> {
  if (key.lastUsedAt !== null && Math.abs(now().getTime() - key.lastUsedAt.getTime()) < useMilliseconds) return;
  const known = memory.keys.get(key.id);
  if (known !== undefined) memory.keys.set(key.id, { ...known, key: { ...key, lastUsedAt: now() } });
  await noteKeyUse(database, key.id, now()).catch(() => undefined);
}

function isRecent(readAt: number, now: Date): boolean {
  // A clock that was set back since has not made it any younger.
  return Math.abs(now.getTime() - readAt) < memoryMilliseconds;
}
