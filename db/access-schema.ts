import { boolean, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { Scope } from "./scope.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** Who may ask. Of the key itself only a hash is kept; a revoked one stays, so that it can be told who had made what. */
export const apiKey = pgTable("api_key", {
  id: text().primaryKey(),
  /** SHA-256 of the whole key, in hex. */
  hash: text().notNull(),
  name: text().notNull(),
  scope: text().$type<Scope>().notNull(),
  createdAt: moment("created_at").notNull(),
  lastUsedAt: moment("last_used_at"),
  expiresAt: moment("expires_at"),
  revokedAt: moment("revoked_at"),
});

/** An address that shows one thing to whoever has it, without a key. Of its token only a hash is kept. */
export const link = pgTable("link", {
  id: text().primaryKey(),
  /** SHA-256 of the whole token, in hex. */
  hash: text().notNull(),
  kind: text().$type<"comparison" | "workload">().notNull(),
  /** The id of a comparison, or the name of a saved workload. */
  target: text().notNull(),
  /** Whether it may show what was made with a rate card. */
  ownPrices: boolean("own_prices").notNull(),
  /** Id of the key; null: made where no key was needed. */
  createdBy: text("created_by"),
  createdAt: moment("created_at").notNull(),
  lastUsedAt: moment("last_used_at"),
  expiresAt: moment("expires_at").notNull(),
  revokedAt: moment("revoked_at"),
});
