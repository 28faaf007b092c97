import { ephemeral } from "./answer-later.ts";
import type { SlackDesk, SlackMessage, SlackUser } from "./messages.ts";

// A stand-in, until commands are understood.
export function answerCommand(text: string, user: SlackUser, desk: SlackDesk): Promise<SlackMessage> {
  return Promise.resolve(ephemeral(`${user.user} at ${desk.publicUrl} asks: ${text}`));
}
