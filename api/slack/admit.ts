import type { SlackAsked } from "./read-request.ts";
import type { SlackSettings } from "./slack-settings.ts";

/** Why somebody may not ask: a code for the audit, and a sentence for them. */
export interface NotAdmitted {
  readonly code: string;
  readonly text: string;
}

/** Null: they may. */
export function notAdmitted(
  { user: { team, channel }, through }: SlackAsked,
  { teams, channels }: SlackSettings,
): NotAdmitted | null {
  if (!teams.includes(through)) return notOurs;
  if (!teams.includes(team)) return { ...notOurs, code: "other_workspace" };
  if (channels !== null && !channels.includes(channel)) return notHere;
  return null;
}

const notOurs = {
  code: "workspace_not_allowed",
  text: "Only members of the workspaces that Stowage is set up for may ask it. Whoever runs it can add yours to SLACK_TEAMS.",
};

const notHere = {
  code: "channel_not_allowed",
  text: "Stowage may not be asked in this channel. Whoever runs it can add it to SLACK_CHANNELS.",
};
