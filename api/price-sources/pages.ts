import { attemptsMax } from "./aws-connection.ts";
import { type AwsCall, awsFailure, isUnreadable } from "./aws-failure.ts";
import { SourceFailure } from "./source-failure.ts";

/** A page of an answer; an empty or missing token ends it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

export interface PagedCall<Item> extends AwsCall {
  readonly signal: AbortSignal | undefined;
  ask(token: string | undefined): Promise<Page<Item>>;
}

/**
 * All items of a query to its last page. A token that has expired starts the query again at its first page, forgetting what was read.
 * Failure: as AWS's error says; `unreadable` also where pages go in a circle.
 */
export async function readAll<Item>(call: PagedCall<Item>): Promise<Item[]> {
  let items: Item[] = [];
  let token: string | undefined;
  let seen = new Set<string>();
  for (let restarts = 0; ; ) {
    call.signal?.throwIfAborted();
    try {
      const page = await askTwice(call, token);
      for (const item of page.items) items.push(item);
      if (page.nextToken === undefined || page.nextToken === "") return items;
      token = page.nextToken;
    } catch (error) {
      if (!hasExpired(error) || token === undefined || ++restarts >= attemptsMax) {
        throw awsFailure(error, call, call.signal);
      }
      items = [];
      token = undefined;
      seen = new Set();
      continue;
    }
    if (seen.has(token)) {
      throw new SourceFailure(`AWS's pages for ${call.about} go in a circle.`, { code: "unreadable" });
    }
    seen.add(token);
  }
}

async function askTwice<Item>(call: PagedCall<Item>, token: string | undefined): Promise<Page<Item>> {
  try {
    return await call.ask(token);
  } catch (error) {
    if (!isUnreadable(error) || call.signal?.aborted) throw error;
    return await call.ask(token);
  }
}

function hasExpired(error: unknown): boolean {
  return error instanceof Error && /^(ExpiredNextToken|InvalidNextToken|ExpiredToken\b.*Next)/.test(error.name);
}

/** The caller's signal as the SDK takes it. */
export function abortable(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { abortSignal: signal };
}
