import { parseArgs } from "node:util";
import type { Problem, Result } from "../api/core/model/problem.ts";
import { type MadeKey, makeKey } from "../api/make-key.ts";
import { table } from "../api/present/layout.ts";
import { type ListedKey, listKeys, revokeKey } from "../db/keys.ts";
import { scopes } from "../db/scope.ts";
import { exitWith } from "./exit-with.ts";
import { hereOrThere } from "./prices/here-or-there.ts";

const usage = `Usage: npm run --silent keys -- <command>

  create --name NAME --scope ${scopes.join("|")} [--expires DATE]
               make an API key and print it, this once
  list         all keys, without the keys themselves
  revoke ID    end a key

read asks, write also keeps rate cards, load profiles and links, admin also keys.
DATE is the day (UTC) from which on the key no longer counts. From the first
key on, every request needs one. Where a server holds the data directory it is
asked to do this, with the key in STOWAGE_API_KEY once there is one.

Exit codes: 0 done, 1 the database cannot be used, 2 bad words or refused.
Settings: DATABASE_URL, or else STOWAGE_DATA (.stowage); STOWAGE_API_KEY.`;

const [command = "", ...rest] = process.argv.slice(2);
await exitWith(() => run(command, rest));

async function run(name: string, words: readonly string[]): Promise<number> {
  if (name === "create") return await create(words);
  if (name === "list" && words.length === 0) return await list();
  const [id, ...more] = words;
  if (name === "revoke" && id !== undefined && more.length === 0) return await revoke(id);
  console.error(usage);
  return 2;
}

async function create(words: readonly string[]): Promise<number> {
  const asked = readWords(words);
  if (typeof asked === "string") {
    console.error(asked);
    return 2;
  }
  const made = await hereOrThere<MadeKey>({
    there: "/v1/keys",
    sent: { method: "POST", body: asked },
    here: (database) => makeKey(asked, database, new Date()),
  });
  if (!made.ok) return complain(made.problems);
  const { key, id, scope, expiresAt } = made.value;
  console.error(
    `Key ${id}, scope ${scope}, ${expiresAt === null ? "without end" : `until ${expiresAt}`}. Shown this once:`,
  );
  console.log(key);
  return 0;
}

function readWords(words: readonly string[]): Record<string, string | undefined> | string {
  const text = { type: "string" } as const;
  try {
    return { ...parseArgs({ args: [...words], options: { name: text, scope: text, expires: text } }).values };
  } catch (error) {
    // parseArgs names the word that it does not know.
    return `${error instanceof Error ? error.message : error}\n\n${usage}`;
  }
}

async function list(): Promise<number> {
  const found = await hereOrThere<{ readonly keys: readonly ListedKey[] }>({
    there: "/v1/keys",
    here: async (database) => ({ ok: true, value: { keys: await listKeys(database) } }),
  });
  if (!found.ok) return complain(found.problems);
  const rows = found.value.keys.map((key) => [
    ...[key.id, key.scope, minute(key.createdAt), minute(key.lastUsedAt), minute(key.expiresAt)],
    ...[minute(key.revokedAt), key.name],
  ]);
  console.log(table([["id", "scope", "made (UTC)", "last used", "expires", "revoked", "name"], ...rows]).join("\n"));
  return 0;
}

/** A server answers with texts, the database with dates. */
function minute(moment: Date | string | null): string {
  return moment === null ? "-" : new Date(moment).toISOString().slice(0, 16).replace("T", " ");
}

async function revoke(id: string): Promise<number> {
  const unknown: Problem = { code: "not_found", path: "", message: "There is no key of this id." };
  const done = await hereOrThere<null>({
    there: `/v1/keys/${encodeURIComponent(id)}`,
    sent: { method: "DELETE" },
    here: async (database): Promise<Result<null>> => {
      const wasThere = await revokeKey(database, id, new Date());
      return wasThere ? { ok: true, value: null } : { ok: false, problems: [unknown] };
    },
  });
  if (!done.ok) return complain(done.problems);
  console.log(`Key ${id} is revoked.`);
  return 0;
}

function complain(problems: readonly Problem[]): number {
  for (const { message } of problems) console.error(message);
  return 2;
}
