import { index, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** What Slack's users have asked. Ids are Slack's own. */
export const slackAudit = pgTable(
  "slack_audit",
  {
    /** SHA-256 of the signature, in hex: what was signed once is done once. */
    id: text().primaryKey(),
    at: timestamp({ withTimezone: true }).notNull(),
    team: text("team_id").notNull(),
    channel: text("channel_id").notNull(),
    user: text("user_id").notNull(),
    kind: text().$type<"command" | "action">().notNull(),
    /** The beginning of it, without credentials. */
    asked: text().notNull(),
    /** A code: `begun` until something has come of it. */
    outcome: text().notNull(),
  },
  (table) => [index().on(table.at)],
);
