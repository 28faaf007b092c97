import type { SlackDesk, SlackMessage, SlackUser } from "./messages.ts";

/** What a Slack user sees for the words behind `/stowage`. */
export async function answerCommand(text: string, _user: SlackUser, _desk: SlackDesk): Promise<SlackMessage> {
  return await Promise.resolve({ text: `Not answered yet: ${text.length} letters`, blocks: [] });
}
