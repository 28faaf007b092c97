import type { SlackMessage } from "./messages.ts";

/** Nowhere else is anything posted to, whatever is sent or set. */
const host = "https://hooks.slack.com";

export function isResponseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, username, password } = new URL(text);
  return origin === host && username === "" && password === "";
}

export interface Posting {
  readonly fetch: typeof fetch;
  /** After this nothing more is tried. */
  readonly until: Date;
  readonly now: () => Date;
}

/** Why a message did not arrive. Without its address, which is a secret. */
class NotDelivered extends Error {
  override readonly name = "NotDelivered";
  readonly code: string;

  constructor(code: string) {
    super("Slack has not taken the message");
    this.code = code;
  }
}

/**
 * Posts the message, again where Slack was busy, failed or could not be reached, five times at most
 * (https://docs.slack.dev/interactivity/handling-user-interaction: five times in 30 minutes). Where it does not say whether it has taken
 * the message, that is posted again if one person alone would see it twice: none at all would be worse. Throws `NotDelivered`.
 */
export async function respond(responseUrl: string, message: SlackMessage, posting: Posting): Promise<void> {
  if (!isResponseUrl(responseUrl)) throw new NotDelivered("not_slack");
  for (let attempt = 1; ; attempt += 1) {
    const { code, againAfterSeconds } = await post(responseUrl, message, posting);
    if (code === null) return;
    if (againAfterSeconds === null || attempt === attemptsMax) throw new NotDelivered(code);
    const waitSeconds = Math.max(againAfterSeconds, 0.5 * 2 ** (attempt - 1));
    if (posting.now().getTime() + waitSeconds * 1000 > posting.until.getTime()) throw new NotDelivered(code);
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1000));
  }
}

const attemptsMax = 5;
const timeoutSeconds = 10;

interface Posted {
  /** Null: it has arrived. */
  readonly code: string | null;
  /** Null: trying again is of no use. */
  readonly againAfterSeconds: number | null;
}

async function post(responseUrl: string, message: SlackMessage, { fetch: send }: Posting): Promise<Posted> {
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const answer = await send(responseUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8" },
      body: JSON.stringify(message),
      redirect: "manual",
      signal: timeout,
    });
    answer.body?.cancel().catch(() => undefined);
    if (answer.ok) return { code: null, againAfterSeconds: null };
    const isBusy = answer.status === 429 || answer.status >= 500;
    const retryAfter = Number(answer.headers.get("Retry-After") ?? 0);
    return { code: `http_${answer.status}`, againAfterSeconds: isBusy ? retryAfter || 0 : null };
  } catch {
    const againAfterSeconds = message.response_type === "in_channel" ? null : 0;
    return { code: timeout.aborted ? "no_answer" : "unreachable", againAfterSeconds };
  }
}
