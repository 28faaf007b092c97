import type { Slack } from "../routes/slack.ts";
import { answerAction } from "./answer-action.ts";
import { answerCommand } from "./answer-command.ts";
import type { SlackSettings } from "./slack-settings.ts";

/** Slack as it is, for a home that is set up for it. */
export function slackHere(
  settings: SlackSettings | null,
  home: Pick<Slack, "background" | "answerSecondsMax" | "calculate">,
): { readonly slack?: Slack } {
  if (settings === null) return {};
  // On Workers `fetch` must not be called as a method of anything.
  const post: typeof fetch = (address, init) => fetch(address, init);
  return { slack: { settings, fetch: post, answerCommand, answerAction, ...home } };
}
