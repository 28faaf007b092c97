import { createHmac } from "node:crypto";
import type { SlackSettings } from "../../api/slack/slack-settings.ts";

export const signingSecret = "0123456789abcdef0123456789abcdef";

export const slackSettings: SlackSettings = {
  ...{ signingSecrets: [signingSecret], teams: ["T0OURS"], channels: null, channelWorkloads: null },
  ...{ shareOwnPrices: false, publicUrl: "https://stowage.example" },
};

interface Signing {
  readonly secret?: string;
  readonly at?: Date;
}

/** The request as Slack sends it. */
export function signed(body: string, { secret = signingSecret, at = new Date() }: Signing = {}) {
  const timestamp = `${Math.floor(at.getTime() / 1000)}`;
  const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  const headers: Record<string, string> = {
    "Content-Type": "application/x-www-form-urlencoded",
    "X-Slack-Request-Timestamp": timestamp,
    "X-Slack-Signature": `v0=${digest}`,
  };
  return { method: "POST", headers, body };
}

let count = 0;

/** Each command is another one, as its response_url says. */
export function command(fields: Readonly<Record<string, string>> = {}): string {
  count += 1;
  const usual = { team_id: "T0OURS", channel_id: "C0SHOP", user_id: "U0ANNA", command: "/stowage", text: "help" };
  const response_url = `https://hooks.slack.com/commands/T0OURS/${count}/secret`;
  return `${new URLSearchParams({ ...usual, response_url, ...fields })}`;
}

/** A button that is pressed. */
export function press(changes: object = {}): string {
  count += 1;
  const payload = {
    type: "block_actions",
    ...{ team: { id: "T0OURS", domain: "ours" }, user: { id: "U0ANNA", team_id: "T0OURS" }, channel: { id: "C0SHOP" } },
    response_url: `https://hooks.slack.com/actions/T0OURS/${count}/secret`,
    actions: [{ type: "button", action_id: "why", value: "abc" }],
    ...changes,
  };
  return `${new URLSearchParams({ payload: JSON.stringify(payload) })}`;
}

/** Where the answer to a command or a button is posted to. */
export function responseUrlIn(body: string): string {
  const form = new URLSearchParams(body);
  return form.get("response_url") ?? JSON.parse(form.get("payload") ?? "").response_url;
}
