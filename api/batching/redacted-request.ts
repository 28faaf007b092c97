import type { Database } from "../../db/database.ts";
import { documentFormats } from "../aws/documents/catalogue.ts";
import type { Result } from "../core/model/problem.ts";
import { parse } from "../core/parsing/parse.ts";
import { redact } from "../redact.ts";
import { withStoredDocuments } from "../stored-documents.ts";

/** A request with nothing in it but what is read of it, and with what it names (a rate card, a load profile) written out as it stands now. */
export async function redactedRequest(
  request: unknown,
  database: Database,
): Promise<Result<Readonly<Record<string, unknown>>>> {
  const known = await withStoredDocuments(request, database);
  if (!known.ok) return known;
  const parsed = parse(known.value, documentFormats);
  return parsed.ok ? { ok: true, value: redact(known.value) } : parsed;
}
