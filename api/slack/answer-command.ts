import { catalogue } from "../aws/catalogue.ts";
import { compareAnswers } from "../compare-answers.ts";
import { optionIds, optionsAsked } from "../core/compare-options.ts";
import type { Problem } from "../core/model/problem.ts";
import type { SlackBody } from "../present/slack-blocks.ts";
import { comparisonMessage } from "../present/slack-comparison.ts";
import { differenceMessage } from "../present/slack-difference.ts";
import {
  helpMessage,
  listMessage,
  misunderstoodMessage,
  noticeMessage,
  problemsMessage,
} from "../present/slack-replies.ts";
import { regions } from "../price-sources/regions.ts";
import { stalePrices } from "../stale-prices.ts";
import { type Asked, askedText, type Command } from "./command.ts";
import { type Compared, compared } from "./compared.ts";
import { explained } from "./explained.ts";
import type { SlackDesk, SlackMessage, SlackUser } from "./messages.ts";
import { pressed } from "./pressed.ts";
import { readCommand } from "./read-command.ts";
import { seenWorkloads } from "./seen-workloads.ts";

/** What a Slack user sees for the words behind `/stowage`. Throws what the calculation and the database throw. */
export async function answerCommand(text: string, user: SlackUser, desk: SlackDesk): Promise<SlackMessage> {
  const seen = await seenWorkloads(user, desk);
  const known = { workloads: seen.map(({ name }) => name), options: optionIds({ catalogue }), regions };
  const read = readCommand(text, known);
  if (!read.ok) return toThem(misunderstoodMessage(read.misunderstood));
  if (read.command.verb === "help") return toThem(helpMessage());
  if (read.command.verb === "list") return toThem(listMessage(seen, `${desk.publicUrl}/v1/workloads`));
  return toThem(await answered(read.command, user, desk));
}

function toThem(body: SlackBody): SlackMessage {
  return { ...body, response_type: "ephemeral" };
}

type Priced = Exclude<Command, { readonly verb: "help" } | { readonly verb: "list" }>;

async function answered(command: Priced, user: SlackUser, desk: SlackDesk): Promise<SlackBody> {
  if (command.verb === "diff") return await difference(command, user, desk);
  const asked = command.verb === "why" ? alsoOn(command.asked, command.option) : command.asked;
  const found = await compared(asked, user, desk);
  if (!found.ok) return refused(command.asked, found.problems);
  if (command.verb === "why") {
    const title = askedText({ ...found.value.asked, options: [] });
    const { document, workload } = found.value;
    return await explained({ document, title, isSaved: workload !== null, option: command.option }, user, desk);
  }
  return comparisonMessage(found.value.document, await shownWith(found.value, desk));
}

/** An option that is made on request only is asked for by name, and the others of default with it. */
function alsoOn(asked: Asked, option: string | null): Asked {
  if (option === null) return asked;
  const usual = optionsAsked({ options: null }, { catalogue });
  if (usual.includes(option)) return asked;
  return { ...asked, options: [...usual.filter((id) => id !== "as-configured"), option] };
}

async function shownWith({ document, isStored, asked, workload, notes }: Compared, desk: SlackDesk) {
  const title = askedText(asked);
  return {
    ...{ title, notes, isSaved: workload !== null, sharedBy: null },
    stale: await stalePrices(desk.database, document, desk.freshness()),
    value: isStored ? pressed({ comparison: document.id, workload, title }) : null,
  };
}

async function difference(
  { was, is }: Extract<Command, { readonly verb: "diff" }>,
  user: SlackUser,
  desk: SlackDesk,
): Promise<SlackBody> {
  const a = await compared(was, user, desk);
  if (!a.ok) return refused(was, a.problems);
  const b = await compared(is, user, desk);
  if (!b.ok) return refused(is, b.problems);
  if (!a.value.isStored || !b.value.isStored) {
    return noticeMessage(
      "There is no difference now.",
      "The database that keeps both sides cannot be asked. Try again later.",
    );
  }
  const ids = { was: a.value.document.id, is: b.value.document.id };
  const found = await compareAnswers(ids, desk.database);
  if (!found.ok) return problemsMessage("These two have no difference.", found.problems);
  const titles = { was: askedText(a.value.asked), is: askedText(b.value.asked) };
  return differenceMessage(found.value, { titles, url: `${desk.publicUrl}/v1/comparisons/${ids.was}/diff/${ids.is}` });
}

function refused(asked: Asked, problems: readonly Problem[]): SlackBody {
  return problemsMessage(`${askedText(asked)} cannot be priced.`, problems);
}
