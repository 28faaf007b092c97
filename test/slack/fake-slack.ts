import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";

/**
 * Stands in for hooks.slack.com: takes messages, but of every ten addresses five make trouble first, or four where it does not hang. From
 * below `/redirect/` it sends elsewhere.
 */
export interface FakeSlack extends AsyncDisposable {
  readonly url: string;
  /** Messages that it has said to have taken, by path. */
  readonly taken: ReadonlyMap<string, readonly string[]>;
  /** How often it was asked at all. */
  asked(): number;
}

type Trouble = (response: ServerResponse) => Promise<void> | void;

const hanging = 7;

/** By the last digit of the number in the path; each but the slow one only at its first message. */
const troubles: Readonly<Record<number, Trouble>> = {
  1: (response) => void response.writeHead(500).end(),
  3: (response) => void response.writeHead(429, { "Retry-After": "1" }).end(),
  5: (response) => void response.destroy(),
  // Longer than it is waited for.
  [hanging]: (response) => setTimeout(11_000).then(() => void response.destroy()),
};
const slow = 9;

export async function fakeSlack({ hangs = true } = {}): Promise<FakeSlack> {
  const taken = new Map<string, string[]>();
  const met = new Set<string>();
  let asked = 0;
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    asked += 1;
    const { url = "" } = request;
    const body = await text(request);
    if (url.startsWith("/redirect/")) return response.writeHead(307, { Location: "/stolen" }).end();
    const digit = Number(/\/(\d+)\/[^/]*$/.exec(url)?.[1]) % 10;
    const isSpared = met.has(url) || (digit === hanging && !hangs);
    const trouble = isSpared ? undefined : troubles[digit];
    met.add(url);
    if (trouble !== undefined) return await trouble(response);
    if (digit === slow) await setTimeout(2000);
    taken.set(url, [...(taken.get(url) ?? []), body]);
    response.end("ok");
  };
  const server = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken, asked: () => asked },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
