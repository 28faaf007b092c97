import type { KnownBlock } from "@slack/types";
import type { Comparing } from "../routes/presented.ts";

/** A message as Slack takes it at a response_url. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  readonly response_type?: "ephemeral" | "in_channel";
  readonly replace_original?: boolean;
  readonly delete_original?: boolean;
}

/** Who asks, from where. */
export interface SlackUser {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
}

/** What the answers are made from. */
export interface SlackDesk extends Comparing {
  /** Whether the channel may see this saved workload. */
  sees(user: SlackUser, workload: string): boolean;
  /** Address that this server has for browsers, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether prices of one's own may be shown in channels. */
  readonly shareOwnPrices: boolean;
  readonly now: () => Date;
}
