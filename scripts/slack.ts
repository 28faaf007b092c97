import { parseArgs } from "node:util";
import { table } from "../api/present/layout.ts";
import { manifest } from "../api/slack/manifest.ts";
import { recentRequests, type ToldRequest } from "../api/slack/recent-requests.ts";
import { exitWith } from "./exit-with.ts";
import { hereOrThere } from "./prices/here-or-there.ts";

const usage = `Usage: npm run --silent slack -- <command>

  manifest --url https://stowage.example.com
               the app as Slack takes it, for the server at this address
  audit [--days N]
               who has asked what, the latest 50 first; or all of N days

Where a server holds the data directory, audit asks it, with the key in
STOWAGE_API_KEY (scope admin).

Exit codes: 0 done, 1 the database cannot be used, 2 bad words or refused.
Settings: DATABASE_URL, or else STOWAGE_DATA (.stowage); STOWAGE_API_KEY;
STOWAGE_PUBLIC_URL in the place of --url.`;

const [command = "", ...rest] = process.argv.slice(2);
await exitWith(() => run(command, rest));

async function run(name: string, words: readonly string[]): Promise<number> {
  const read = readWords(words);
  if (typeof read === "string") return refuse(read);
  const { url = process.env.STOWAGE_PUBLIC_URL, days } = read;
  if (name === "manifest" && days === undefined) return printManifest(url ?? "");
  if (name === "audit" && read.url === undefined) return await audit(days);
  return refuse(usage);
}

function readWords(words: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ args: [...words], options: { url: text, days: text } }).values;
  } catch (error) {
    // parseArgs names the word that it does not know.
    return `${error instanceof Error ? error.message : error}\n\n${usage}`;
  }
}

function printManifest(url: string): number {
  if (!/^https:\/\/[^/?#@\s]+\/*$/.test(url)) {
    return refuse("Slack asks over HTTPS alone: say where, as in --url https://stowage.example.com");
  }
  console.log(JSON.stringify(manifest(url.replace(/\/+$/, "")), null, 2));
  return 0;
}

async function audit(days: string | undefined): Promise<number> {
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
    return refuse("--days must be a whole number from 1 to 9999.");
  const found = await hereOrThere<{ readonly requests: readonly ToldRequest[] }>({
    there: `/v1/slack-audit${days === undefined ? "" : `?days=${days}`}`,
    here: async (database) => {
      const requests = await recentRequests(database, {
        now: new Date(),
        days: days === undefined ? null : Number(days),
      });
      return { ok: true, value: { requests } };
    },
  });
  if (!found.ok) return refuse(found.problems.map(({ message }) => message).join("\n"));
  const { requests } = found.value;
  const rows = (days === undefined ? requests.slice(0, 50) : requests).map(
    ({ at, team, channel, user, kind, outcome, asked }) => [
      second(at),
      team,
      channel,
      user,
      kind,
      outcome,
      onOneLine(asked),
    ],
  );
  console.log(table([["at (UTC)", "team", "channel", "user", "kind", "outcome", "asked"], ...rows]).join("\n"));
  return 0;
}

/** A server answers with texts, the database with dates. */
function second(moment: Date | string): string {
  return new Date(moment).toISOString().slice(0, 19).replace("T", " ");
}

/** Whoever asks must not write to whoever reads it: no line and no sequence for the terminal. */
function onOneLine(asked: string): string {
  return asked.replace(/\p{C}+/gu, " ");
}

function refuse(text: string): number {
  console.error(text);
  return 2;
}
