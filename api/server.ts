import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, RequestError } from "@hono/node-server";
import { openDatabase } from "../db/connect.ts";
import type { OpenDatabase } from "../db/database.ts";
import { DatabaseNotPrepared, DataDirectoryInUse } from "../db/problems.ts";
import { createApp } from "./app.ts";
import { openPostgresQueue, type PostgresQueue } from "./batching/postgres-queue.ts";
import { startThreads, type Threads } from "./calculating/threads.ts";
import { freshnessNow } from "./freshness.ts";
import { engine } from "./identify.ts";
import { comparisonExample } from "./routes/comparison-example.ts";
import { problemBody, problemMediaType, refusal } from "./routes/problem-details.ts";
import { readSettings, type ServerSettings, urlOf } from "./settings.ts";
import { readSwaggerUi } from "./swagger-ui.ts";

const read = readSettings(process.env);
if ("mistakes" in read) stop(2, read.mistakes);
else await start(read.settings);

/** Opens the database, listens, and says how to ask. */
async function start(settings: ServerSettings): Promise<void> {
  console.log(`Stowage ${engine}`);
  const held = await open(settings);
  if (held === null) return;
  const { opened, threads, queue } = held;
  const close = async () => {
    await queue.stop();
    await threads.close();
    await opened.close();
  };
  const ending = new AbortController();
  const server = createServer(listener(held, { settings, ending: ending.signal }));
  server.once("error", (error) => {
    stop(1, [couldNotListen(error, settings)]);
    return close();
  });
  server.listen(settings.port, settings.host, () => {
    const url = urlOf({ host: settings.host, port: (server.address() as AddressInfo).port });
    opened.announce(url);
    greet(url);
    const timer = startRefreshing(opened, settings);
    finishOnSignal(server, {
      begin: () => ending.abort(),
      close: async () => {
        await timer.then((end) => end());
        await close();
      },
    });
  });
}

interface Held {
  readonly opened: OpenDatabase;
  readonly threads: Threads;
  readonly queue: PostgresQueue;
}

async function open({ database, threads: threadSettings }: ServerSettings): Promise<Held | null> {
  if ("dataDirectory" in database && !existsSync(database.dataDirectory)) {
    console.log(
      `Making ${database.dataDirectory} and loading the bundled prices into it. Once, and for a few seconds.`,
    );
  }
  try {
    const opened = await openDatabase(database);
    const threads = startThreads(opened, threadSettings);
    const settings = { calculate: threads.calculate, log, threads: threadSettings.threads };
    const queue = await openPostgresQueue(opened, settings).catch(async (error: unknown) => {
      await threads.close();
      await opened.close();
      throw error;
    });
    return { opened, threads, queue };
  } catch (error) {
    stop(1, [couldNotOpen(error)]);
    return null;
  }
}

function couldNotOpen(error: unknown): string {
  if (error instanceof DataDirectoryInUse || error instanceof DatabaseNotPrepared) return error.message;
  const { message, code } = innermost(error);
  return `The database cannot be opened: ${message || code || "nothing more is known"}.`;
}

/** A failed query's own message quotes the query; what made it fail is inside. */
function innermost(error: unknown): { readonly message?: string; readonly code?: string } {
  if (!(error instanceof Error)) return {};
  return error.cause instanceof Error ? innermost(error.cause) : error;
}

function couldNotListen(error: NodeJS.ErrnoException, { host, port }: ServerSettings): string {
  if (error.code === "EADDRINUSE")
    return `Port ${port} of ${host} is in use. Set PORT to another one, such as ${port + 1}.`;
  return `Cannot listen on port ${port} of ${host}: ${error.message}.`;
}

function log(line: object): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), ...line }));
}

interface Listening {
  readonly settings: ServerSettings;
  readonly ending: AbortSignal;
}

function listener({ opened, threads, queue }: Held, { settings: { staleAfterDays }, ending }: Listening) {
  const app = createApp({
    database: opened.database,
    readReferenceFile: readSwaggerUi,
    log,
    freshness: () => freshnessNow(staleAfterDays),
    loopback: true,
    calculate: threads.calculate,
    queue,
    ending,
  });
  return getRequestListener(app.fetch, { errorHandler: outsideTheApp });
}

/** What the app never sees, since it is no request that can be made sense of, or what it let slip. */
function outsideTheApp(error: unknown): Response {
  const refused =
    error instanceof RequestError
      ? refusal(400, "not_a_request", "The address or the Host header of the request is malformed.")
      : refusal(500, "internal_error", "The mistake is ours.");
  return new Response(problemBody(refused), { status: refused.status, headers: { "Content-Type": problemMediaType } });
}

/** Loaded where it is switched on only, since the clients of AWS are large. What is to be called to end it. */
async function startRefreshing({ database }: OpenDatabase, { refresh }: ServerSettings): Promise<() => Promise<void>> {
  if (refresh === null) return () => Promise.resolve();
  const { startRefreshTimer } = await import("./refreshing/refresh-timer.ts");
  return startRefreshTimer(database, refresh, log);
}

function greet(url: string): void {
  const headers = "-H 'Content-Type: application/json' -H 'Accept: text/plain'";
  console.log(`Ready at ${url}, for this machine only. API reference: ${url}/docs. Stop with Ctrl-C.

Get a comparison, in another terminal:

curl -sS '${url}/v1/comparisons' ${headers} -d '${JSON.stringify(comparisonExample)}'
`);
}

interface Finishing {
  begin(): void;
  close(): Promise<void>;
}

/** Answers what has been asked, for at most ten seconds, and leaves the database closed. */
function finishOnSignal(server: Server, { begin, close }: Finishing): void {
  let finishing = false;
  const finish = () => {
    // npm passes on the signal that the terminal has sent already.
    if (finishing) return;
    finishing = true;
    begin();
    // A connection kept alive after its last answer would hold up the end.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const deadline = setTimeout(() => server.closeAllConnections(), 10_000);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(deadline);
      return close();
    });
  };
  process.on("SIGTERM", finish).on("SIGINT", finish);
  if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(finish);
}

/** npm that is told to stop leaves behind what its shell runs, and with it the port and the data directory taken. */
function whenOrphaned(finish: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && finish(), 500).unref();
}

function stop(exitCode: number, mistakes: readonly string[]): void {
  for (const mistake of mistakes) console.error(`stowage: ${mistake}`);
  process.exitCode = exitCode;
}
