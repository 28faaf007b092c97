import type { Database, OpenDatabase } from "../db/database.ts";
import { type RememberedBooks, rememberBooksIn } from "../db/price-book.ts";
import { DatabaseProblem } from "../db/problems.ts";
import { connectServer, requirePrepared } from "../db/server.ts";
import { createApp } from "./app.ts";
import { cloudflareQueue, consume, type MessageBatch, type QueueBinding } from "./batching/cloudflare-queue.ts";
import { calculateOver } from "./calculating/calculate.ts";
import { freshnessNow } from "./freshness.ts";
import { newKeyMemory } from "./keyring.ts";
import { type RefreshEnvironment, workerRefresh } from "./refreshing/worker-refresh.ts";
import { eraseNow, readRetentionDays, retentionMistakes } from "./retention.ts";
import type { RateLimitBinding } from "./routes/rate-limit.ts";
import type { Background } from "./slack/backlog.ts";
import { slackHere } from "./slack/slack-here.ts";
import { readSlackSettings, type SlackSettings, slackMistakes } from "./slack/slack-settings.ts";
import { untilSent } from "./until-sent.ts";

/** What `wrangler.toml` binds. Settings and secrets are texts. */
export interface WorkerEnvironment extends RefreshEnvironment {
  readonly HYPERDRIVE: { readonly connectionString: string };
  readonly RATE_LIMIT: RateLimitBinding;
  readonly ASSETS: { fetch(address: string): Promise<Response> };
  readonly BATCHES: QueueBinding;
  /** `yes` answers requests to localhost without a key, until one is made: for `wrangler dev`, and nothing else. */
  readonly STOWAGE_LOCAL_DEVELOPMENT?: string;
  /** After which comparisons, deleted workloads and finished batches are erased; not set: never. */
  readonly STOWAGE_RETENTION_DAYS?: string;
}

interface Trigger {
  readonly cron: string;
}

interface Invocation {
  waitUntil(promise: Promise<unknown>): void;
}

/** Remembered for as long as the isolate lives. Connections are not: each belongs to the request that opened it. */
const books: RememberedBooks = new Map();
const keyMemory = newKeyMemory();
let prepared = false;

/** Of calculation for one request: well within the `cpu_ms` of wrangler.toml, at which the platform ends it without a word. */
const secondsMax = 60;

/** As many as a Worker may have, less one for whatever else it asks. */
const connection = { max: 5, fetch_types: false };
/** What Slack asks goes on after it is answered, and many may ask at once. */
const fewConnections = { ...connection, max: 2 };

// biome-ignore lint/style/noDefaultExport: Workers read their handlers from the default export.
export default {
  async fetch(request: Request, environment: WorkerEnvironment, invocation: Invocation): Promise<Response> {
    const isSlack = new URL(request.url).pathname.startsWith("/slack/");
    const opened = connectServer(environment.HYPERDRIVE.connectionString, isSlack ? fewConnections : connection);
    rememberBooksIn(opened.database, books);
    const lasting: Promise<void>[] = [];
    const background: Background = { add: (work) => lasting.push(work()), inTurn: afterAcknowledging };
    if (isSlack) acknowledging += 1;
    try {
      const response = untilSent(await appOver(opened, environment, isSlack ? background : null).fetch(request));
      lasting.push(response.sent);
      return response.answered;
    } finally {
      if (isSlack) acknowledging -= 1;
      invocation.waitUntil(Promise.all(lasting).then(() => opened.close()));
    }
  },

  async queue(messages: MessageBatch, environment: WorkerEnvironment): Promise<void> {
    const opened = connectServer(environment.HYPERDRIVE.connectionString, connection);
    rememberBooksIn(opened.database, books);
    const { database } = opened;
    await consume(messages, { database, calculate: calculateOver(database, { secondsMax }), log });
    await opened.close();
  },

  async scheduled({ cron }: Trigger, environment: WorkerEnvironment): Promise<void> {
    const opened = connectServer(environment.HYPERDRIVE.connectionString, connection);
    const line = await refreshOver(opened, environment, cron);
    log(line);
    await eraseOver(opened, environment);
    await opened.close();
    if ("error" in line) throw new Error("The refresh failed; the line before says why");
  },
};

/** The platform lets work go on for 30 s once its request is answered (https://developers.cloudflare.com/workers/runtime-apis/context/). */
const afterAnswer = { answerSecondsMax: 27, secondsMax: 15 };

/** Requests of Slack's that this isolate has not answered yet. */
let acknowledging = 0;

/** A calculation keeps all else in its isolate waiting, and Slack waits for three seconds. */
async function afterAcknowledging<T>(part: () => Promise<T>): Promise<T> {
  do await new Promise((resolve) => setTimeout(resolve, 20));
  while (acknowledging > 0);
  return await part();
}

async function refreshOver({ database }: OpenDatabase, environment: RefreshEnvironment, cron: string): Promise<object> {
  try {
    await requirePrepared(database);
    return await workerRefresh(database, environment, cron);
  } catch (error) {
    // The message of a failed query quotes the query.
    if (error instanceof DatabaseProblem) return { refresh: "failed", error: error.message };
    return { refresh: "failed", error: error instanceof Error ? error.name : typeof error };
  }
}

/** At each trigger: there is little to do where the one before has done it. */
async function eraseOver(
  { database }: OpenDatabase,
  { STOWAGE_RETENTION_DAYS: text }: WorkerEnvironment,
): Promise<void> {
  const mistakes = retentionMistakes(text);
  const days = mistakes.length > 0 ? null : readRetentionDays(text);
  if (mistakes.length > 0) log({ erased: "nothing", mistakes });
  if (days !== null) log(await eraseNow(database, days));
}

function appOver({ database }: OpenDatabase, environment: WorkerEnvironment, background: Background | null) {
  const { ASSETS, BATCHES, RATE_LIMIT, STOWAGE_LOCAL_DEVELOPMENT } = environment;
  const isLocal = STOWAGE_LOCAL_DEVELOPMENT === "yes";
  return createApp({
    database,
    // The host is no matter: what is asked of the assets never leaves the machine.
    readReferenceFile: async (name) => {
      const file = await ASSETS.fetch(`https://assets.invalid/${name}`);
      return new Uint8Array(await file.arrayBuffer());
    },
    log,
    calculate: calculateOver(database, { secondsMax }),
    // Set by Cloudflare, never by who asks.
    rateLimit: { binding: RATE_LIMIT, addressOf: (c) => c.req.header("CF-Connecting-IP") },
    freshness: () => freshnessNow(),
    queue: cloudflareQueue(BATCHES),
    ...(background === null ? {} : slackOver(database, environment, background)),
    loopback: isLocal,
    closedReference: !isLocal,
    keyMemory,
    requirePrepared: async () => {
      if (!prepared) await requirePrepared(database);
      prepared = true;
    },
  });
}

function slackOver(database: Database, environment: WorkerEnvironment, background: Background) {
  const { answerSecondsMax, secondsMax } = afterAnswer;
  const home = { background, answerSecondsMax, calculate: calculateOver(database, { secondsMax }) };
  return slackHere(slackSettings(environment), home);
}

/** Null: it is not set up, or wrongly. */
function slackSettings(environment: WorkerEnvironment): SlackSettings | null {
  const mistakes = slackMistakes({ ...environment });
  if (mistakes.length > 0) log({ slack: "not set up", mistakes });
  return mistakes.length > 0 ? null : readSlackSettings({ ...environment });
}

function log(line: object): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), ...line }));
}
