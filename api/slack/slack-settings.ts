import { z } from "zod";
import { readJson } from "../aws/documents/read-json.ts";

/** How Slack may ask. */
export interface SlackSettings {
  /** Several, so that a new one can be made while the old one is still in use. */
  readonly signingSecrets: readonly string[];
  /** Workspaces, or organisations, whose members may ask. */
  readonly teams: readonly string[];
  /** Null: in every channel. */
  readonly channels: readonly string[] | null;
  /** Names of saved workloads, or beginnings of them with a `*` behind, by channel; `*`: in all others. Null: every channel sees all. */
  readonly channelWorkloads: Readonly<Record<string, readonly string[]>> | null;
  readonly shareOwnPrices: boolean;
  /** Null: the address that Slack has asked at. */
  readonly publicUrl: string | null;
}

type Environment = Readonly<Record<string, unknown>>;

/** Free of mistakes; null: Slack is not set up. */
export function readSlackSettings(environment: Environment): SlackSettings | null {
  const signingSecrets = words(environment, "SLACK_SIGNING_SECRETS");
  if (signingSecrets.length === 0) return null;
  const channels = words(environment, "SLACK_CHANNELS");
  const workloads = text(environment, "SLACK_CHANNEL_WORKLOADS");
  return {
    signingSecrets,
    teams: words(environment, "SLACK_TEAMS"),
    channels: channels.length > 0 ? channels : null,
    channelWorkloads: workloads === "" ? null : channelWorkloads.parse(JSON.parse(workloads)),
    shareOwnPrices: text(environment, "SLACK_SHARE_OWN_PRICES") === "yes",
    publicUrl: text(environment, "STOWAGE_PUBLIC_URL").replace(/\/+$/, "") || null,
  };
}

/** A sentence for each value that cannot be used. Secrets are not repeated. */
export function slackMistakes(environment: Environment): string[] {
  const isSetUp = text(environment, "SLACK_SIGNING_SECRETS") !== "";
  const others = [...names, "SLACK_TEAMS"].filter((name) => !isSetUp && text(environment, name) !== "");
  return [
    ...others.map((name) => `${name} is set, but not SLACK_SIGNING_SECRETS, without which Slack cannot ask.`),
    ...(isSetUp && words(environment, "SLACK_TEAMS").length === 0 ? [teamsMissing] : []),
    ...(words(environment, "SLACK_SIGNING_SECRETS").every((secret) => /^\w{16,128}$/.test(secret)) ? [] : [notSecrets]),
    ...wordMistakes(environment, "SLACK_TEAMS", { form: /^[TE][A-Z0-9]{2,}$/, should: "ids such as T0123ABCD" }),
    ...wordMistakes(environment, "SLACK_CHANNELS", { form: /^[CDG][A-Z0-9]{2,}$/, should: "ids such as C0123ABCD" }),
    ...workloadMistakes(text(environment, "SLACK_CHANNEL_WORKLOADS")),
    ...yesMistakes(text(environment, "SLACK_SHARE_OWN_PRICES")),
    ...addressMistakes(text(environment, "STOWAGE_PUBLIC_URL")),
  ];
}

const names = ["SLACK_CHANNELS", "SLACK_CHANNEL_WORKLOADS", "SLACK_SHARE_OWN_PRICES"];

const teamsMissing =
  "SLACK_TEAMS is not set: name the workspaces whose members may ask, by ids such as T0123ABCD, as the address of Slack in a browser has them.";

const notSecrets =
  "SLACK_SIGNING_SECRETS must be what Slack shows as Signing Secret under Basic Information, several with a space or a comma between.";

interface Expected {
  readonly form: RegExp;
  readonly should: string;
}

function wordMistakes(environment: Environment, name: string, { form, should }: Expected): string[] {
  const wrong = words(environment, name).filter((word) => !form.test(word));
  return wrong.map(
    (word) => `${name} must be ${should}, several with a space or a comma between, not ${JSON.stringify(word)}.`,
  );
}

const channelWorkloads = z.record(
  z.string().regex(/^(\*|[CDG][A-Z0-9]{2,})$/),
  z.array(z.string().regex(/^[^*]*\*?$/)),
);

function workloadMistakes(said: string): string[] {
  const read = readJson(said);
  if (said === "" || (read.ok && channelWorkloads.safeParse(read.value).success)) return [];
  return [
    'SLACK_CHANNEL_WORKLOADS must be JSON such as {"C0123ABCD": ["shop", "shop-*"], "*": []}: names of saved workloads by id of a channel.',
  ];
}

function yesMistakes(said: string): string[] {
  if (["", "yes", "no"].includes(said)) return [];
  return [`SLACK_SHARE_OWN_PRICES must be yes or no, not ${JSON.stringify(said)}.`];
}

function addressMistakes(said: string): string[] {
  if (said === "" || /^https?:\/\/[^/?#@\s]+\/*$/.test(said)) return [];
  return [`STOWAGE_PUBLIC_URL must be an address such as https://stowage.example.com, not ${JSON.stringify(said)}.`];
}

function words(environment: Environment, name: string): string[] {
  return text(environment, name)
    .split(/[\s,]+/)
    .filter(Boolean);
}

function text(environment: Environment, name: string): string {
  const value = environment[name];
  return typeof value === "string" ? value.trim() : "";
}

/** Whether a channel may see the saved workload of this name. */
export function seesWorkload({ channelWorkloads: allowed }: SlackSettings, channel: string, workload: string): boolean {
  if (allowed === null) return true;
  const patterns = allowed[channel] ?? allowed["*"] ?? [];
  return patterns.some((one) => (one.endsWith("*") ? workload.startsWith(one.slice(0, -1)) : workload === one));
}
