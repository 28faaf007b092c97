import { boolean, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

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
