import type { Database } from "../../db/database.ts";
import { noteSlackOutcome } from "../../db/slack-audit.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import { patiently } from "../calculating/patiently.ts";
import { errorLine, type Log } from "../log.ts";
import type { Background } from "./backlog.ts";
import type { SlackMessage } from "./messages.ts";
import type { SlackAsked } from "./read-request.ts";
import { type Posting, respond } from "./respond.ts";

/** What is to be done once Slack has its acknowledgement. */
export interface Later {
  /** Of the request in the audit. */
  readonly id: string;
  /** Of the request in the log. */
  readonly requestId: string;
  readonly asked: SlackAsked;
  /** False: it was received before, and nothing is to be done. */
  readonly noted: Promise<boolean>;
  /** Null: there is nothing to be said. */
  answer(): Promise<SlackMessage | null>;
  /** What came of it, if all goes well. */
  readonly outcome: string;
}

export interface LaterSettings {
  readonly database: Database;
  readonly log: Log;
  readonly inTurn: Background["inTurn"];
  readonly posting: Posting;
  /** Aborts when the process is to end: nothing is begun then. */
  readonly ending?: AbortSignal | undefined;
}

/** Answers, posts the answer and notes what came of it. Never fails, and never leaves whoever asked without a word if Slack takes one. */
export async function answerLater(later: Later, settings: LaterSettings): Promise<void> {
  const { database, log, posting } = settings;
  const { message, outcome } = await answered(later, settings);
  if (outcome === null) return;
  const arrived =
    message === null
      ? outcome
      : await respond(later.asked.responseUrl, message, posting).then(
          () => outcome,
          (error: Error) => {
            log(errorLine(error, later.requestId));
            return "not_delivered";
          },
        );
  await noteSlackOutcome(database, later.id, arrived).catch((error: Error) => log(errorLine(error, later.requestId)));
}

async function answered({ requestId, noted, answer, outcome }: Later, { log, ending, inTurn }: LaterSettings) {
  try {
    if (!(await noted)) return { message: null, outcome: null };
    const message = await inTurn(() => {
      ending?.throwIfAborted();
      return patiently(answer, ending);
    });
    return { message, outcome };
  } catch (error) {
    if (ending?.aborted) return { message: ephemeral(stopping), outcome: "stopping" };
    if (isUnreachable(error)) return { message: ephemeral(databaseGone), outcome: "database_unreachable" };
    log(errorLine(error instanceof Error ? error : new Error("not an error"), requestId));
    const text = `Something went wrong, and the mistake is ours. In the log it has the number ${requestId}.`;
    return { message: ephemeral(text), outcome: "internal_error" };
  }
}

/** A word to whoever asked, and to nobody else. */
export function ephemeral(text: string): SlackMessage {
  const blocks = [{ type: "section" as const, text: { type: "plain_text" as const, text } }];
  return { text, blocks, response_type: "ephemeral", replace_original: false };
}

const databaseGone = "The database does not answer, so nothing was done. Ask again in a moment.";
const stopping = "Stowage is being stopped or replaced, so nothing was done. Ask again in a minute.";
