import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** An answer, kept exactly as it was given. */
export const comparison = pgTable("comparison", {
  id: text().primaryKey(),
  body: text().notNull(),
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

/** Requests that were sent together. */
export const batch = pgTable("batch", {
  id: text().primaryKey(),
  /** How many there are; null: they are still being taken in. */
  items: integer(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

/** One request of a batch until it is answered, and from then on its answer. */
export const batchItem = pgTable(
  "batch_item",
  {
    batch: text()
      .notNull()
      .references(() => batch.id, { onDelete: "cascade" }),
    /** Of its line, from 1. */
    number: integer().notNull(),
    /** What the sender calls it. */
    key: text().notNull(),
    /** JSON with nothing in it but what is read; null: answered. */
    request: text(),
    /** Times that its calculation has begun. */
    attempts: integer().notNull().default(0),
    /** A line of JSON; null: not answered yet. */
    result: text(),
    /** Whether there is a comparison; null: not answered yet. */
    succeeded: boolean(),
  },
  (table) => [
    primaryKey({ columns: [table.batch, table.number] }),
    check("batch_item_open_or_answered", sql`(${table.request} is null) = (${table.result} is not null)`),
  ],
);
