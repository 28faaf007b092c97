import { answer } from "../../api/answer.ts";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { ephemeral } from "../../api/slack/answer-later.ts";
import type { SlackDesk, SlackMessage, SlackUser } from "../../api/slack/messages.ts";

/** A comparison made anew for each text. */
export async function seededCommand(text: string, _user: SlackUser, desk: SlackDesk): Promise<SlackMessage> {
  const answered = await answer({ request: { ...comparisonExample, seed: Number(text) } }, desk);
  if (!answered.ok) throw new Error(JSON.stringify(answered.problems));
  return ephemeral(`${answered.value.document.options[0]?.total}`);
}
