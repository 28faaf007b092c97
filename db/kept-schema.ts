import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** An answer, kept exactly as it was given. */
export const comparison = pgTable("comparison", {
  id: text().primaryKey(),
  body: text().notNull(),
  /** Whether a rate card had a part in it; null: kept before that was noted, so it may have. */
  ownPrices: boolean("own_prices"),
  /** When it was last asked for anew, to the hour. */
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  /** It was asked for without a saved workload, whether or not with one too. */
  isDirect: boolean("is_direct").notNull().default(true),
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

/** A request of the contract under a name. */
export const workload = pgTable("workload", {
  name: text().primaryKey(),
  /** The latest; a number is never given twice, also not after a deletion. */
  version: integer().notNull(),
  /** Null: it is there. */
  deletedAt: timestamp("deleted_at", { withTimezone: true }),
});

/** What a workload was at a time. */
export const workloadVersion = pgTable(
  "workload_version",
  {
    workload: text()
      .notNull()
      .references(() => workload.name, { onDelete: "cascade" }),
    version: integer().notNull(),
    /** JSON, redacted. */
    body: text().notNull(),
    /** Of what it says, whatever the order of its fields. */
    digest: text().notNull(),
    storedAt: timestamp("stored_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workload, table.version] })],
);

/** Which comparisons were made from which workloads. */
export const workloadComparison = pgTable(
  "workload_comparison",
  {
    workload: text()
      .notNull()
      .references(() => workload.name, { onDelete: "cascade" }),
    comparison: text()
      .notNull()
      .references(() => comparison.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.workload, table.comparison] }), index().on(table.comparison)],
);

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
    /** JSON with nothing in it but what is read, to be laid over the workload's where there is one; null: answered. */
    request: text(),
    /** Name of the saved workload that it is asked of; null: of none. */
    workload: text(),
    workloadVersion: integer("workload_version"),
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
    index("batch_item_open").on(table.batch, table.number).where(sql`${table.request} is not null`),
    index().on(table.workload),
  ],
);
