import type { ComparisonDocument } from "../present/json.ts";
import type { SlackBody } from "../present/slack-blocks.ts";
import { withoutBaseline } from "../present/slack-comparison.ts";
import { noticeMessage } from "../present/slack-replies.ts";
import { whyMessage } from "../present/slack-why.ts";
import type { SlackDesk, SlackUser } from "./messages.ts";
import { sheetLink } from "./sheet-link.ts";

export interface Explaining {
  readonly document: ComparisonDocument;
  readonly title: string;
  /** False: tasks told by their size. */
  readonly isSaved: boolean;
  /** Null: the recommended one, else the cheapest. */
  readonly option: string | null;
}

/** Why an option costs what it costs. */
export async function explained(
  { title, isSaved, option: asked, ...whole }: Explaining,
  user: SlackUser,
  desk: SlackDesk,
): Promise<SlackBody> {
  const document = isSaved ? whole.document : withoutBaseline(whole.document);
  const { recommended, cheapest, options } = document;
  const option = options.find(({ id }) => id === (asked ?? recommended?.option ?? cheapest)) ?? options[0];
  if (option === undefined) return noticeMessage("There is no option to explain.");
  const made = await sheetLink({ comparison: document.id, extension: "txt" }, user, desk);
  return whyMessage(document, { title, option, url: made.ok ? made.value.url : null });
}
