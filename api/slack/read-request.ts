import { z } from "zod";
import { readJson } from "../aws/documents/read-json.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import type { SlackUser } from "./messages.ts";
import { isResponseUrl } from "./respond.ts";

/** A slash command, or a button that was pressed. */
export type SlackAsked = Asked & (Command | Action);

interface Asked {
  readonly user: SlackUser;
  /** The workspace that the app was asked through; that of the user may be another. */
  readonly through: string;
  /** Where the answer is posted to. A secret: whoever has it can post. */
  readonly responseUrl: string;
}

interface Command {
  readonly kind: "command";
  readonly text: string;
}

interface Action {
  readonly kind: "action";
  readonly action: { readonly action_id: string; readonly value: string };
}

/** The fields of a form, each once. */
export function readForm(body: Uint8Array): Result<URLSearchParams> {
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const names = new Set<string>();
  const twice = new Set<string>();
  for (const name of form.keys()) (names.has(name) ? twice : names).add(name);
  const problems = [...twice].map((path): Problem => ({ code: "field_twice", path, message: "Send each field once." }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: form };
}

const id = z.string().regex(/^[A-Z0-9]{1,64}$/);
const responseUrl = z.string().refine(isResponseUrl);

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
const command = z.object({
  ...{ team_id: id, channel_id: id, user_id: id, text: z.string().default(""), response_url: responseUrl },
});

export function readCommand(form: URLSearchParams): Result<SlackAsked> {
  const read = command.safeParse(Object.fromEntries(form));
  if (!read.success) return { ok: false, problems: problemsOf(read.error, "") };
  const { team_id: team, channel_id: channel, user_id: user, text, response_url } = read.data;
  const asked = { user: { team, channel, user }, through: team, responseUrl: response_url };
  return { ok: true, value: { ...asked, kind: "command", text } };
}

/**
 * In a channel shared with other workspaces `team` is the app's and `user.team_id` that of whoever pressed the button
 * (https://github.com/slackapi/java-slack-sdk/issues/1041); in an organisation the latter is the organisation's id
 * (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload).
 */
const blockActions = z.object({
  team: z.object({ id }),
  user: z.object({ id, team_id: id.optional() }),
  channel: z.object({ id }),
  response_url: responseUrl,
  // A button that opens an address has no value, and is told of all the same.
  actions: z.array(z.object({ action_id: z.string().max(255), value: z.string().max(2000).default("") })).length(1),
});

/** Null: no button of a message, which is all that this app has. */
export function readInteraction(form: URLSearchParams): Result<SlackAsked | null> {
  const payload = readJson(form.get("payload") ?? "");
  if (!payload.ok) return payload;
  const isButton = z.object({ type: z.literal("block_actions") }).safeParse(payload.value).success;
  if (!isButton) return { ok: true, value: null };
  const read = blockActions.safeParse(payload.value);
  if (!read.success) return { ok: false, problems: problemsOf(read.error, "payload.") };
  const { team, user, channel, response_url, actions } = read.data;
  const [action = { action_id: "", value: "" }] = actions;
  const who = { team: user.team_id ?? team.id, channel: channel.id, user: user.id };
  const asked = { user: who, through: team.id, responseUrl: response_url };
  return { ok: true, value: { ...asked, kind: "action", action } };
}

/** By place alone: what stands there may be a secret. */
function problemsOf({ issues }: z.ZodError, before: string): Problem[] {
  return issues.map(({ path }) => ({
    code: "wrong_field",
    path: `${before}${path.join(".")}`,
    message: "This is not as Slack sends it.",
  }));
}
