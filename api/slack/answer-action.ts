import { ephemeral } from "./answer-later.ts";
import type { SlackDesk, SlackMessage, SlackUser } from "./messages.ts";

// A stand-in, until buttons are understood.
export function answerAction(
  action: { readonly action_id: string; readonly value: string },
  user: SlackUser,
  desk: SlackDesk,
): Promise<SlackMessage | null> {
  return Promise.resolve(ephemeral(`${user.user} at ${desk.publicUrl} presses: ${action.action_id} ${action.value}`));
}
