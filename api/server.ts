import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, RequestError } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { OpenDatabase } from "../db/database.ts";
import { createApp } from "./app.ts";
import { freshnessNow } from "./freshness.ts";
import { type Held, hold } from "./hold.ts";
import { engine } from "./identify.ts";
import { type Observing, observe } from "./observing/observe.ts";
import { startErasing } from "./retention.ts";
import { comparisonExample } from "./routes/comparison-example.ts";
import { problemBody, problemMediaType, refusal } from "./routes/problem-details.ts";
import { readSettings, type ServerSettings, urlOf } from "./settings.ts";
import { type Backlog, newBacklog } from "./slack/backlog.ts";
import { slackHere } from "./slack/slack-here.ts";
import { readSwaggerUi } from "./swagger-ui.ts";

const read = readSettings(process.env);
if ("mistakes" in read) stop(2, read.mistakes);
else await start(read.settings);

/** Opens the database, listens, and says how to ask. */
async function start(settings: ServerSettings): Promise<void> {
  console.log(`Stowage ${engine}`);
  sayWhatTakesTime(settings);
  const held = await hold(settings, log);
  if ("mistake" in held) return stop(held.exitCode, [held.mistake]);
  const { opened, keyMemory, threads } = held;
  const ending = new AbortController();
  const observing = await observe({ load: threads.load, database: opened.database }, process.env);
  const backlog = newBacklog(settings.limits.threads + 1);
  const server = createServer(listener(held, { settings, observing, backlog, ending: ending.signal }));
  server.once("error", (error) => {
    stop(1, [couldNotListen(error, settings)]);
    return held.close();
  });
  server.listen(settings.port, settings.host, () => {
    const url = urlOf({ host: settings.host, port: (server.address() as AddressInfo).port });
    opened.announce(url);
    greet(url, keyMemory.made.isMade);
    const timer = startRefreshing(opened, settings);
    const endErasing = startErasing(opened.database, settings.retentionDays, log);
    finishOnSignal(server, {
      begin: () => ending.abort(),
      close: async () => {
        await backlog.done(finishMilliseconds);
        await Promise.all([timer.then((end) => end()), endErasing(), observing.end()]);
        await held.close();
      },
    });
  });
}

function sayWhatTakesTime({ database }: ServerSettings): void {
  if (!("dataDirectory" in database) || existsSync(database.dataDirectory)) return;
  console.log(`Making ${database.dataDirectory} and loading the bundled prices into it. Once, and for a few seconds.`);
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
  readonly observing: Observing;
  readonly backlog: Backlog;
  readonly ending: AbortSignal;
}

function listener({ opened, keyMemory, threads, queue }: Held, { settings, observing, backlog, ending }: Listening) {
  const app = createApp({
    database: opened.database,
    readReferenceFile: readSwaggerUi,
    log,
    freshness: () => freshnessNow(settings.staleAfterDays),
    loopback: settings.loopback,
    keyMemory,
    calculate: threads.calculate,
    queue,
    ending,
    observed: observing.observed,
    ...slackHere(settings.slack, { background: backlog, answerSecondsMax: 30 * 60 }),
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

interface Finishing {
  begin(): void;
  close(): Promise<void>;
}

const finishMilliseconds = 10_000;

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
    const deadline = setTimeout(() => server.closeAllConnections(), finishMilliseconds);
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
