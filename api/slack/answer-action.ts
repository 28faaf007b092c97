import { findComparison, hasOwnPrices } from "../../db/comparisons.ts";
import type { ComparisonDocument } from "../present/json.ts";
import type { SlackBody } from "../present/slack-blocks.ts";
import { comparisonMessage } from "../present/slack-comparison.ts";
import { linkMessage, noticeMessage } from "../present/slack-replies.ts";
import { stalePrices } from "../stale-prices.ts";
import { explained } from "./explained.ts";
import type { SlackDesk, SlackMessage, SlackUser } from "./messages.ts";
import { type Pressed, pressed, readPressed } from "./pressed.ts";
import { sheetLink } from "./sheet-link.ts";

/** What a press of one of a message's buttons brings; null: it is none of them. Throws what the database throws. */
export async function answerAction(
  { action_id: id, value }: { readonly action_id: string; readonly value: string },
  user: SlackUser,
  desk: SlackDesk,
): Promise<SlackMessage | null> {
  const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
  const what = readPressed(value);
  if (answer === undefined || what === null) return null;
  const isSeen = what.workload === null || desk.sees(user, what.workload);
  const body = isSeen ? await findComparison(desk.database, what.comparison) : null;
  if (body === null) return beside(gone);
  return await answer({ ...what, document: JSON.parse(body) as ComparisonDocument }, user, desk);
}

interface Reopened extends Pressed {
  readonly document: ComparisonDocument;
}

type Answer = (what: Reopened, user: SlackUser, desk: SlackDesk) => Promise<SlackMessage>;

const answers: Readonly<Record<string, Answer>> = {
  stowage_share: share,
  stowage_why: async ({ document, title, workload }, user, desk) =>
    beside(await explained({ document, title, isSaved: workload !== null, option: null }, user, desk)),
  stowage_spreadsheet: (what, user, desk) => linked(what, { user, desk, extension: "xlsx", name: "spreadsheet" }),
  stowage_json: (what, user, desk) => linked(what, { user, desk, extension: "json", name: "JSON" }),
};

/** For who pressed alone, below what is there. */
function beside(body: SlackBody): SlackMessage {
  return { ...body, response_type: "ephemeral", replace_original: false };
}

const gone = noticeMessage("This comparison is no longer kept, or not for this channel.", "Ask for it anew.");

async function share({ document, ...what }: Reopened, user: SlackUser, desk: SlackDesk): Promise<SlackMessage> {
  if (!desk.shareOwnPrices && (await hasOwnPrices(desk.database, document.id)) !== false) return beside(ownPrices);
  const shown = {
    ...{ title: what.title, isSaved: what.workload !== null, notes: [], sharedBy: user.user },
    stale: await stalePrices(desk.database, document, desk.freshness()),
    value: pressed(what),
  };
  return { ...comparisonMessage(document, shown), response_type: "in_channel", replace_original: false };
}

const ownPrices = noticeMessage(
  "Not shared: this comparison may show prices of your own.",
  "They are not shown in channels here. Whoever runs this server can allow it; a comparison without a rate card can be shared.",
);

async function linked(
  { comparison, title }: Reopened,
  how: {
    readonly user: SlackUser;
    readonly desk: SlackDesk;
    readonly extension: "xlsx" | "json";
    readonly name: string;
  },
): Promise<SlackMessage> {
  const { user, desk, extension, name } = how;
  const made = await sheetLink({ comparison, extension }, user, desk);
  if (!made.ok) return beside(noLink);
  const rest = `Until ${made.value.expiresAt.slice(0, 10)} this address shows it to anybody who has it.`;
  return beside(linkMessage(`${title}: the ${name}.`, { rest, text: `Open the ${name}`, url: made.value.url }));
}

const noLink = noticeMessage(
  "No link is made: this comparison may show prices of your own.",
  "They are not shown without an API key here. Whoever runs this server can allow it.",
);
