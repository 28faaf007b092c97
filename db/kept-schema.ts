import { boolean, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** An answer, kept exactly as it was given. */
export const comparison = pgTable("comparison", {
  id: text().primaryKey(),
  body: text().notNull(),
  /** Whether a rate card had a part in it; null: kept before that was noted, so it may have. */
  ownPrices: boolean("own_prices"),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

const named = () => ({
  name: text().primaryKey(),
  body: text().notNull(),
  storedAt: timestamp("stored_at", { withTimezone: true }).notNull().defaultNow(),
});

/** A rate card of the contract under a name, as the user wrote it. */
export const rateCard = pgTable("rate_card", named());

/** What services are asked to do over time (`services[].load` of the contract) under a name, as the user wrote it. */
export const loadProfile = pgTable("load_profile", named());
