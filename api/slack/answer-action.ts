import type { SlackDesk, SlackMessage, SlackUser } from "./messages.ts";

/** What a press of one of a message's buttons brings; null: it is none of them. */
export async function answerAction(
  _action: { readonly action_id: string; readonly value: string },
  _user: SlackUser,
  _desk: SlackDesk,
): Promise<SlackMessage | null> {
  return await Promise.resolve(null);
}
