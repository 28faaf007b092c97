import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, Handler, MiddlewareHandler } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { type RequestIdVariables, requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { timing } from "hono/timing";
import type { Database } from "../db/database.ts";
import { isUnreachable } from "../db/unreachable.ts";
import type { JobQueue } from "./batching/job-queue.ts";
import { type Calculate, calculateOver, Overloaded } from "./calculating/calculate.ts";
import { type KeyMemory, keyring, newKeyMemory } from "./keyring.ts";
import { errorLine, type Log } from "./log.ts";
import type { Freshness } from "./present/staleness.ts";
import { access } from "./routes/access.ts";
import { appsScript } from "./routes/apps-script.ts";
import { batches } from "./routes/batches.ts";
import { comparisons } from "./routes/comparisons.ts";
import { description } from "./routes/description.ts";
import { differences } from "./routes/differences.ts";
import { health } from "./routes/health.ts";
import { imports } from "./routes/imports.ts";
import { keys } from "./routes/keys.ts";
import { links } from "./routes/links.ts";
import { loadProfiles } from "./routes/load-profiles.ts";
import { namedDocuments } from "./routes/named-documents.ts";
import { databaseRetrySeconds, preparedFirst } from "./routes/prepared-first.ts";
import { prices } from "./routes/prices.ts";
import { problemDetails, refusal } from "./routes/problem-details.ts";
import { rateCards } from "./routes/rate-cards.ts";
import { type RateLimit, rateLimit } from "./routes/rate-limit.ts";
import { type ReadReferenceFile, reference } from "./routes/reference.ts";
import { requestLog } from "./routes/request-log.ts";
import { sheets } from "./routes/sheets.ts";
import { type Slack, slackRoutes } from "./routes/slack.ts";
import { snapshots } from "./routes/snapshots.ts";
import { withoutNull } from "./routes/without-null.ts";
import { workloads } from "./routes/workloads.ts";

export interface AppSettings {
  readonly database: Database;
  readonly readReferenceFile: ReadReferenceFile;
  readonly log: Log;
  /** Past which age prices are called stale, and the day it is now. */
  readonly freshness: () => Freshness;
  /** The server is for this machine alone: until a key is made, requests need none but must name this machine as their host. */
  readonly loopback: boolean;
  /** The reference needs a key too where others do. Left out: it is for all, as it holds nobody's data. */
  readonly closedReference?: boolean;
  /** What is remembered of keys from one app to the next. Left out: this app's own. */
  readonly keyMemory?: KeyMemory;
  /** Throws a `DatabaseProblem` where the database cannot be used; asked before whatever needs it. Left out: it is known to be fine. */
  readonly requirePrepared?: () => Promise<void>;
  /** Left out: where the request is answered. */
  readonly calculate?: Calculate;
  /** Left out: there are no batches. */
  readonly queue?: JobQueue;
  /** Once it aborts, nobody is kept waiting for a batch's result any longer, and nothing is begun for Slack. */
  readonly ending?: AbortSignal;
  readonly observed?: Observed;
  /** Left out: nobody asks too often. */
  readonly rateLimit?: RateLimit;
  /** Left out: Slack is not set up. */
  readonly slack?: Slack | undefined;
}

/** What of the server can be seen from outside, beside its log. */
export interface Observed {
  /** Counts and traces requests. */
  readonly requests: readonly MiddlewareHandler[];
  /** Answers with what was counted. */
  readonly metrics: Handler;
}

interface AppEnv {
  Variables: RequestIdVariables;
}

/** The whole HTTP API, without a server around it. */
export function createApp(settings: AppSettings): OpenAPIHono<AppEnv> {
  const { database, readReferenceFile, log, freshness, loopback, requirePrepared, queue } = settings;
  const now = () => new Date();
  const ring = keyring({ database, memory: settings.keyMemory ?? newKeyMemory(), requirePrepared, now });
  const app = new OpenAPIHono<AppEnv>();
  for (const observe of settings.observed?.requests ?? []) app.use(observe);
  app.use(requestId(), requestLog(log), secureHeaders(secured), timing({ crossOrigin: false, totalDescription: "" }));
  app.use(withoutNull);
  app.use(access({ keys: ring, loopback, isReferenceOpen: !settings.closedReference }));
  if (settings.rateLimit) app.use(rateLimit(settings.rateLimit));
  if (requirePrepared) app.use("/v1/*", preparedFirst(requirePrepared));
  app.use(methodNotAllowed({ app, onMethodNotAllowed: notAllowed }));
  const comparing = { database, freshness, calculate: settings.calculate ?? calculateOver(database) };
  app.route("/", comparisons(comparing));
  app.route("/", differences(database));
  if (queue) for (const batching of [batches, imports]) app.route("/", batching({ ...settings, queue }));
  for (const document of [rateCards, loadProfiles]) app.route("/", namedDocuments(document, database));
  app.route("/", workloads(comparing));
  app.route("/", prices(database));
  app.route("/", snapshots(database));
  app.route("/", links({ database, now }));
  app.route("/", sheets({ ...comparing, now }));
  app.route("/", keys({ database, keys: ring, now }));
  app.route("/", slackRoutes({ comparing, log, now, ending: settings.ending, slack: settings.slack }));
  app.route("/", health({ database, metrics: settings.observed?.metrics }));
  app.route("/", description(app));
  app.route("/", reference(readReferenceFile));
  app.route("/", appsScript());
  app.notFound((c) =>
    problemDetails(c, refusal(404, "not_found", "Nothing is here. The API's reference is at /docs.")),
  );
  app.onError((error, c) => {
    const refused = mayPass(c, error);
    if (refused !== null) return refused;
    const id = c.get("requestId");
    log(errorLine(error, id));
    return problemDetails(
      c,
      refusal(500, "internal_error", `The mistake is ours. In the log it has the number ${id}.`),
    );
  });
  return app;
}

/** What is no mistake of anybody's, and may be over in a moment; null: the error is nothing of the kind. */
function mayPass(c: Context, error: Error): Response | null {
  // Nobody reads this one.
  if (c.req.raw.signal.aborted)
    return problemDetails(c, refusal(503, "connection_closed", "The connection was closed."));
  if (error instanceof Overloaded) {
    c.header("Retry-After", "1");
    return problemDetails(c, refusal(503, "overloaded", "As many comparisons wait as may. Ask again in a moment."));
  }
  if (!isUnreachable(error)) return null;
  c.header("Retry-After", `${databaseRetrySeconds}`);
  return problemDetails(
    c,
    refusal(503, "database_unreachable", "The database does not answer. Ask again in a moment."),
  );
}

/** As much as the reference page needs: Swagger UI sets styles of its own and draws its icons from data addresses. */
const secured = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: "DENY",
  // Says nothing over plain HTTP, and is not ours to say where a proxy adds the TLS.
  strictTransportSecurity: false,
};

function notAllowed(c: Context, methods: readonly string[]): Response {
  const allowed = methods.join(", ");
  c.header("Allow", allowed);
  return problemDetails(c, refusal(405, "method_not_allowed", `Here only ${allowed} can be asked for.`));
}
