import { eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import { loadProfile, rateCard } from "./kept-schema.ts";

const tables = { "rate-card": rateCard, "load-profile": loadProfile };

/** What users keep under a name, to refer to it in requests. */
export type DocumentKind = keyof typeof tables;

/** Keeps a document under a name; one that was there before is replaced. `body` is JSON. */
export async function storeDocument(
  database: Database,
  kind: DocumentKind,
  { name, body }: { readonly name: string; readonly body: string },
): Promise<void> {
  const table = tables[kind];
  await database
    .insert(table)
    .values({ name, body })
    .onConflictDoUpdate({ target: table.name, set: { body, storedAt: new Date() } });
}

/** JSON; null where there is none of this name. */
export async function findDocument(database: Database, kind: DocumentKind, name: string): Promise<string | null> {
  // Postgres takes a null character for a mistake.
  if (name.includes("\0")) return null;
  const table = tables[kind];
  const found = await database.select({ body: table.body }).from(table).where(eq(table.name, name));
  return found[0]?.body ?? null;
}

/** Whether there was one. */
export async function deleteDocument(database: Database, kind: DocumentKind, name: string): Promise<boolean> {
  const table = tables[kind];
  const deleted = await database.delete(table).where(eq(table.name, name)).returning({ name: table.name });
  return deleted.length > 0;
}

/** In order of their names. */
export async function listDocuments(database: Database, kind: DocumentKind): Promise<string[]> {
  const table = tables[kind];
  const found = await database.select({ name: table.name }).from(table).orderBy(table.name);
  return found.map(({ name }) => name);
}
