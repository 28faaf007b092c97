import { createHash } from "node:crypto";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { noteSlackRequest, type SlackRequest } from "../../db/slack-audit.ts";
import type { Problem } from "../core/model/problem.ts";
import { withoutCredentials } from "../credential.ts";
import type { Log } from "../log.ts";
import { notAdmitted } from "../slack/admit.ts";
import { answerLater, ephemeral, type Later } from "../slack/answer-later.ts";
import type { Background } from "../slack/backlog.ts";
import type { SlackDesk, SlackMessage, SlackUser } from "../slack/messages.ts";
import { readCommand, readForm, readInteraction, type SlackAsked } from "../slack/read-request.ts";
import { isSigned } from "../slack/signature.ts";
import { type SlackSettings, seesWorkload } from "../slack/slack-settings.ts";
import { formOnly, limitedTo } from "./json-body.ts";
import type { Comparing } from "./presented.ts";
import { problemDetails } from "./problem-details.ts";
import { slackAudit } from "./slack-audit.ts";
import { bodyKilobytesMax, commandsRoute, interactionsRoute } from "./slack-routes.ts";

/** What Slack is answered with, and how. */
export interface Slack {
  readonly settings: SlackSettings;
  readonly background: Background;
  /** How long after the request its answer may still be posted. */
  readonly answerSecondsMax: number;
  /** To post with. */
  readonly fetch: typeof fetch;
  /** Left out: as for everybody else. */
  readonly calculate?: Comparing["calculate"];
  answerCommand(text: string, user: SlackUser, desk: SlackDesk): Promise<SlackMessage>;
  answerAction(action: SlackAction, user: SlackUser, desk: SlackDesk): Promise<SlackMessage | null>;
}

type SlackAction = Extract<SlackAsked, { readonly kind: "action" }>["action"];

export interface SlackRouteSettings {
  readonly comparing: Comparing;
  readonly log: Log;
  readonly now: () => Date;
  readonly ending?: AbortSignal | undefined;
  /** Left out: Slack is not set up. */
  readonly slack?: Slack | undefined;
}

/** Where Slack asks: what it has signed is acknowledged at once, and answered afterwards. And who has asked what. */
export function slackRoutes(settings: SlackRouteSettings): OpenAPIHono {
  const routes = new OpenAPIHono();
  const limited = limitedTo(bodyKilobytesMax * 1000, `The body is over ${bodyKilobytesMax} kB.`);
  const reads = [
    [commandsRoute, readCommand],
    [interactionsRoute, readInteraction],
  ] as const;
  for (const [route, read] of reads) {
    routes.openAPIRegistry.registerPath(route);
    routes.post(route.path, formOnly, limited, (c) => receive(c, read, settings));
  }
  routes.route("/", slackAudit({ database: settings.comparing.database, now: settings.now }));
  return routes;
}

async function receive(
  c: Context,
  read: typeof readCommand | typeof readInteraction,
  settings: SlackRouteSettings,
): Promise<Response> {
  const { slack, now } = settings;
  const body = new Uint8Array(await c.req.arrayBuffer());
  const form = readForm(body);
  // Slack looks whether anybody answers here.
  if (form.ok && form.value.get("ssl_check") === "1") return c.body(null, 200);
  if (slack === undefined) return unsigned(c, notSetUp);
  const signature = c.req.header("x-slack-signature");
  const signed = { timestamp: c.req.header("x-slack-request-timestamp"), signature, body };
  if (!isSigned(signed, slack.settings.signingSecrets, now())) return unsigned(c, notSigned);
  const asked = form.ok ? read(form.value) : form;
  if (!asked.ok) return problemDetails(c, { status: 400, problems: asked.problems });
  if (asked.value === null) return c.body(null, 200);
  const id = createHash("sha256").update(`${signature}`).digest("hex");
  return await proceed(c, { ...settings, slack, asked: asked.value, id });
}

interface Received extends SlackRouteSettings {
  readonly slack: Slack;
  readonly asked: SlackAsked;
  readonly id: string;
}

/** Notes who asks what, which is possible once, and does it if they may. */
async function proceed(c: Context, received: Received): Promise<Response> {
  const { slack, asked, id, comparing, now } = received;
  const refused = notAdmitted(asked, slack.settings);
  const request = { id, at: now(), ...asked.user, ...inWords(asked), outcome: refused?.code ?? "begun" };
  const noted = noteSlackRequest(comparing.database, request);
  if ((await soon(noted)) === false) return unsigned(c, notSigned);
  if (refused === null) return later(c, received, { noted, answer: () => answer(c, received), outcome: "answered" });
  // Of what is said to a button at once, Slack shows nothing.
  const said = asked.kind === "command" ? null : ephemeral(refused.text);
  // They are told, whether or not it could be noted.
  const told = noted.catch(() => true);
  const acknowledged = later(c, received, { noted: told, answer: () => Promise.resolve(said), outcome: refused.code });
  return said === null ? c.json({ response_type: "ephemeral", text: refused.text }, 200) : acknowledged;
}

/**
 * Slack waits for three seconds, whatever the database does: where that takes its time, whether it is the first of its kind is found out
 * before anything is done, but after it is acknowledged. Null: not known yet, or not at all.
 */
async function soon(noted: Promise<boolean>): Promise<boolean | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), noteMilliseconds);
  const known = noted.catch(() => null);
  return await Promise.race([known, promise]).finally(() => clearTimeout(timer));
}

const noteMilliseconds = 1000;

function inWords(asked: SlackAsked): Pick<SlackRequest, "kind" | "asked"> {
  const words = asked.kind === "command" ? asked.text : `${asked.action.action_id} ${asked.action.value}`;
  return { kind: asked.kind, asked: withoutCredentials(words).replaceAll("\0", "").slice(0, wordsLengthMax) };
}

const wordsLengthMax = 500;

function answer(c: Context, { slack, asked, comparing, now }: Received): Promise<SlackMessage | null> {
  const { settings } = slack;
  const desk: SlackDesk = {
    ...comparing,
    ...(slack.calculate && { calculate: slack.calculate }),
    sees: ({ channel }, workload) => seesWorkload(settings, channel, workload),
    publicUrl: settings.publicUrl ?? new URL(c.req.url).origin,
    shareOwnPrices: settings.shareOwnPrices,
    now,
  };
  if (asked.kind === "command") return slack.answerCommand(asked.text, asked.user, desk);
  return slack.answerAction(asked.action, asked.user, desk);
}

type ToBeSaid = Pick<Later, "noted" | "answer" | "outcome">;

function later(c: Context, { slack, asked, id, ...settings }: Received, said: ToBeSaid): Response {
  const { comparing, log, now, ending } = settings;
  const until = new Date(now().getTime() + slack.answerSecondsMax * 1000);
  const posting = { fetch: slack.fetch, until, now };
  const work = { id, requestId: c.get("requestId"), asked, ...said };
  const { add, inTurn } = slack.background;
  add(() => answerLater(work, { database: comparing.database, log, inTurn, posting, ending }));
  return c.body(null, 200);
}

/** The same for whatever is wrong with a signature. */
function unsigned(c: Context, problem: Problem): Response {
  c.header("WWW-Authenticate", "Slack");
  return problemDetails(c, { status: 401, problems: [problem] });
}

const notSigned: Problem = {
  code: "not_signed",
  path: "",
  message: "This takes what Slack has signed in the last five minutes, and each of it once.",
};

const notSetUp: Problem = {
  code: "slack_not_set_up",
  path: "",
  message: "Slack cannot ask here until SLACK_SIGNING_SECRETS and SLACK_TEAMS are set.",
};
