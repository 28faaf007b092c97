import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { batch } from "./kept-schema.ts";

/** A list of services that was sent; its clusters are the items of the batch of the same id, which it goes with. */
export const listImport = pgTable("import", {
  id: text()
    .primaryKey()
    .references(() => batch.id, { onDelete: "cascade" }),
  /** JSON of what taking it in came to; null: that is not over. */
  content: text(),
});

/** A row of the list that is priced. */
export const importRow = pgTable(
  "import_row",
  {
    import: text()
      .notNull()
      .references(() => listImport.id, { onDelete: "cascade" }),
    /** As the spreadsheet counts them. */
    number: integer().notNull(),
    region: text().notNull(),
    cluster: text().notNull(),
    service: text().notNull(),
    /** JSON of everything that the row says. */
    body: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.import, table.number] }),
    index().on(table.import, table.region, table.cluster),
  ],
);
