import { and, eq, isNull, lt, or } from "drizzle-orm";
import { link } from "./access-schema.ts";
import type { Database } from "./database.ts";

/** A link without its token: what may be shown of it. */
export interface ListedLink {
  readonly id: string;
  readonly kind: "comparison" | "workload";
  /** The id of a comparison, or the name of a saved workload, which is compared anew each time it is asked for. */
  readonly target: string;
  readonly ownPrices: boolean;
  /** Id of a key; null: made where no key was needed. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** SHA-256 of the token, in hex: enough to know it again, too little to make it. */
export interface KeptLink extends ListedLink {
  readonly hash: string;
}

export async function storeLink(database: Database, kept: Omit<KeptLink, "lastUsedAt" | "revokedAt">): Promise<void> {
  await database.insert(link).values(kept);
}

/** Revoked and expired ones too; null where none has this id. */
export async function findLink(database: Database, id: string): Promise<KeptLink | null> {
  const found = await database.select().from(link).where(eq(link.id, id));
  return found[0] ?? null;
}

/** In the order in which they were made. */
export async function listLinks(database: Database): Promise<ListedLink[]> {
  return await database.select(shown).from(link).orderBy(link.createdAt, link.id);
}

const shown = {
  id: link.id,
  kind: link.kind,
  target: link.target,
  ownPrices: link.ownPrices,
  createdBy: link.createdBy,
  createdAt: link.createdAt,
  lastUsedAt: link.lastUsedAt,
  expiresAt: link.expiresAt,
  revokedAt: link.revokedAt,
};

/** Whether there is a link of this id. One that was revoked before stays revoked as of then. */
export async function revokeLink(database: Database, id: string, now: Date): Promise<boolean> {
  await database
    .update(link)
    .set({ revokedAt: now })
    .where(and(eq(link.id, id), isNull(link.revokedAt)));
  return (await findLink(database, id)) !== null;
}

/** Notes a use, to the minute: a sheet that is read all day is written no more often than that. */
export async function noteLinkUse(database: Database, id: string, now: Date): Promise<void> {
  const noted = or(isNull(link.lastUsedAt), lt(link.lastUsedAt, new Date(now.getTime() - minute)));
  await database
    .update(link)
    .set({ lastUsedAt: now })
    .where(and(eq(link.id, id), noted));
}

const minute = 60_000;
