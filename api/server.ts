import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, RequestError } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { openDatabase } from "../db/connect.ts";
import type { OpenDatabase } from "../db/database.ts";
import { isKeyInForce } from "../db/keys.ts";
import { DatabaseNotPrepared, DataDirectoryInUse } from "../db/problems.ts";
import { createApp } from "./app.ts";
import type { Calculate } from "./calculating/calculate.ts";
import { startThreads } from "./calculating/threads.ts";
import { freshnessNow } from "./freshness.ts";
import { engine } from "./identify.ts";
import { type KeyMemory, keyring, newKeyMemory } from "./keyring.ts";
import { type Observing, observe } from "./observing/observe.ts";
import { startErasing } from "./retention.ts";
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
  const opened = await open(settings);
  if (opened === null) return;
  const { refused, memory } = await admit(opened, settings);
  if (refused !== null) {
    stop(2, [refused]);
    return await opened.close();
  }
  const threads = startThreads(opened, settings.limits);
  const observing = await observe(threads.load, process.env);
  const server = createServer(
    listener(opened, { settings, keyMemory: memory, calculate: threads.calculate, observing }),
  );
  server.once("error", async (error) => {
    stop(1, [couldNotListen(error, settings)]);
    await threads.close();
    await opened.close();
  });
  server.listen(settings.port, settings.host, () => {
    const url = urlOf({ host: settings.host, port: (server.address() as AddressInfo).port });
    opened.announce(url);
    greet(url, memory.made.isMade);
    const timer = startRefreshing(opened, settings);
    const endErasing = startErasing(opened.database, settings.retentionDays, log);
    finishOnSignal(server, async () => {
      await Promise.all([timer.then((end) => end()), endErasing(), threads.close(), observing.end()]);
      await opened.close();
    });
  });
}

/** Others than this machine are only let near where a key can tell who asks. */
async function admit({ database }: OpenDatabase, { loopback, host }: ServerSettings) {
  const memory = newKeyMemory();
  const now = () => new Date();
  await keyring({ database, memory, now }).isKeyMade();
  const isOpen = !loopback && !(await isKeyInForce(database, now()));
  const how = "Make one first: npm run keys -- create --name admin --scope admin";
  const refused = isOpen ? `HOST=${host} lets other machines ask, and no API key is in force. ${how}` : null;
  return { refused, memory };
}

async function open({ database }: ServerSettings): Promise<OpenDatabase | null> {
  if ("dataDirectory" in database && !existsSync(database.dataDirectory)) {
    console.log(
      `Making ${database.dataDirectory} and loading the bundled prices into it. Once, and for a few seconds.`,
    );
  }
  try {
    return await openDatabase(database);
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
  readonly keyMemory: KeyMemory;
  readonly calculate: Calculate;
  readonly observing: Observing;
}

function listener({ database }: OpenDatabase, { settings, keyMemory, calculate, observing }: Listening) {
  const app = createApp({
    database,
    readReferenceFile: readSwaggerUi,
    log,
    freshness: () => freshnessNow(settings.staleAfterDays),
    loopback: settings.loopback,
    keyMemory,
    calculate,
    observed: observing.observed,
    rateLimit: {
      perMinute: settings.limits.requestsPerMinute,
      addressOf: (c) => getConnInfo(c).remote.address,
    },
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

function greet(url: string, isKeyNeeded: boolean): void {
  const key = isKeyNeeded ? ` -H "Authorization: Bearer $STOWAGE_API_KEY"` : "";
  const headers = `-H 'Content-Type: application/json' -H 'Accept: text/plain'${key}`;
  const whom = isKeyNeeded ? "whoever has an API key" : "this machine only, as there are no API keys";
  console.log(`Ready at ${url}, for ${whom}. API reference: ${url}/docs. Stop with Ctrl-C.

Get a comparison, in another terminal:

curl -sS '${url}/v1/comparisons' ${headers} -d '${JSON.stringify(comparisonExample)}'
`);
}

/** Answers what has been asked, for at most ten seconds, and leaves the database closed. */
function finishOnSignal(server: Server, close: () => Promise<void>): void {
  let finishing = false;
  const finish = () => {
    // npm passes on the signal that the terminal has sent already.
    if (finishing) return;
    finishing = true;
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
