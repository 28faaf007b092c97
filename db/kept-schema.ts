import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** An answer, kept exactly as it was given. */
export const comparison = pgTable("comparison", {
  id: text().primaryKey(),
  body: text().notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

/** A rate card of the contract under a name, as the user wrote it. */
export const rateCard = pgTable("rate_card", {
  name: text().primaryKey(),
  body: text().notNull(),
  storedAt: timestamp("stored_at", { withTimezone: true }).notNull().defaultNow(),
});
