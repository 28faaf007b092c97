import type { Database } from "../../db/database.ts";
import { listDocuments } from "../../db/named-documents.ts";
import { listRegions } from "../../db/regions.ts";
import { importOptions } from "./cluster-request.ts";
import type { Vocabulary } from "./service-row.ts";

/** What the rows of a list may name at this moment. */
export async function vocabularyNow(database: Database): Promise<Vocabulary> {
  const regions = await listRegions(database);
  const loadProfiles = await listDocuments(database, "load-profile");
  return { regions, options: importOptions(), loadProfiles };
}
