import { readFileSync } from "node:fs";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { expect, test } from "vitest";
import * as access from "../../db/access-schema.ts";
import * as imports from "../../db/import-schema.ts";
import * as kept from "../../db/kept-schema.ts";
import * as schema from "../../db/schema.ts";
import * as slack from "../../db/slack-schema.ts";

test("the migrations make exactly the tables of the schema: none is left to write", async () => {
  const folder = new URL("../../db/migrations/", import.meta.url);
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  const last = read("meta/_journal.json").entries.at(-1);
  const written = read(`meta/${String(last.idx).padStart(4, "0")}_snapshot.json`);
  const now = generateDrizzleJson({ ...schema, ...kept, ...imports, ...access, ...slack }, written.id);
  expect(await generateMigration(written, now)).toEqual([]);
});
