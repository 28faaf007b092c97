import { type DatabaseSettings, databaseSettings } from "../db/connect.ts";
import { staleAfterDaysDefault } from "./freshness.ts";
import { type LimitSettings, limitMistakes, readLimitSettings } from "./limit-settings.ts";
import { type RefreshSettings, readRefreshSettings, refreshMistakes } from "./refreshing/refresh-settings.ts";
import { readRetentionDays, retentionMistakes } from "./retention.ts";
import { readSlackSettings, type SlackSettings, slackMistakes } from "./slack/slack-settings.ts";

/** What the server is told by its environment. */
export interface ServerSettings {
  readonly port: number;
  readonly host: string;
  /** Nobody but this machine can ask. */
  readonly loopback: boolean;
  readonly database: DatabaseSettings;
  readonly staleAfterDays: number;
  /** After which comparisons, deleted workloads and finished batches are erased; null: never. */
  readonly retentionDays: number | null;
  /** Null: prices are refreshed by hand only. */
  readonly refresh: RefreshSettings | null;
  readonly limits: LimitSettings;
  /** Null: Slack is not set up. */
  readonly slack: SlackSettings | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings, or a sentence for each value that cannot be used. What is set to nothing counts as not set. */
export function readSettings(environment: Environment): { settings: ServerSettings } | { mistakes: readonly string[] } {
  const {
    PORT = "",
    HOST = "",
    DATABASE_URL = "",
    STOWAGE_STALE_AFTER_DAYS = "",
    STOWAGE_RETENTION_DAYS,
  } = environment;
  const mistakes = [
    ...portMistakes(PORT),
    ...hostMistakes(HOST),
    ...databaseMistakes(DATABASE_URL),
    ...staleMistakes(STOWAGE_STALE_AFTER_DAYS),
    ...limitMistakes(environment),
    ...retentionMistakes(STOWAGE_RETENTION_DAYS),
    ...refreshMistakes(environment),
    ...slackMistakes(environment),
  ];
  if (mistakes.length > 0) return { mistakes };
  const database = databaseSettings(environment);
  return {
    settings: {
      port: Number(PORT || 8787),
      host: HOST || "127.0.0.1",
      loopback: HOST === "" || loopbackHosts.includes(HOST),
      database,
      staleAfterDays: Number(STOWAGE_STALE_AFTER_DAYS || staleAfterDaysDefault),
      retentionDays: readRetentionDays(STOWAGE_RETENTION_DAYS),
      refresh: readRefreshSettings(environment),
      limits: readLimitSettings(environment),
      slack: readSlackSettings(environment),
    },
  };
}

function staleMistakes(days: string): string[] {
  if (days === "" || /^\d{1,6}$/.test(days)) return [];
  return [`STOWAGE_STALE_AFTER_DAYS must be a whole number of days, not ${JSON.stringify(days)}.`];
}

const loopbackHosts = ["127.0.0.1", "::1", "localhost"];

/** How the server is reached from this machine. */
export function urlOf({ host, port }: { readonly host: string; readonly port: number }): string {
  const reached = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}

function portMistakes(port: string): string[] {
  if (port === "" || (/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) return [];
  return [`PORT must be a whole number up to 65535, not ${JSON.stringify(port)}.`];
}

function hostMistakes(host: string): string[] {
  if (/^[A-Za-z0-9.:_-]*$/.test(host)) return [];
  return [
    `HOST must be an address or a name of this machine, such as 127.0.0.1 or 0.0.0.0, not ${JSON.stringify(host)}.`,
  ];
}

/** The value itself holds a password and is never repeated. */
function databaseMistakes(url: string): string[] {
  if (url === "" || (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol))) return [];
  return ["DATABASE_URL must be an address such as postgres://user:password@host:5432/database."];
}
