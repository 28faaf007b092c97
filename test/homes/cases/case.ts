import { bodyMebibytesMax } from "../../../api/routes/json-body.ts";
import type { Home } from "../home.ts";

/** A request. `<name>` in any of it stands for what `prepare` has made under that name. */
export interface Asking {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON, and nothing where it is left out. */
  readonly body?: unknown;
}

/** How each status of an operation comes about. */
export interface OperationCases {
  /** What is asked where a case does not say otherwise: a request in which nothing is wrong. */
  readonly usual: Asking & { readonly path: string };
  /** By status. Those of `circumstances` need none: what is usual gets them. */
  readonly statuses: Readonly<Record<number, Asking>>;
  /** Statuses that come about in one home only, and why. */
  readonly only?: Readonly<Record<number, { readonly home: Home["name"]; readonly because: string }>>;
}

export type Cases = Readonly<Record<string, OperationCases>>;

/** What the request itself does not bring about, whatever it says. */
export const circumstances = {
  304: "the answer's ETag in If-None-Match",
  401: "no key",
  403: "another machine's name in the Host header, or a key of scope read for what needs more",
  429: "a key, or for a link an address, that has asked as often as it may",
  503: "a database that does not answer",
} as const;

const plain = { "Content-Type": "text/plain" };

/** What every operation refuses that takes JSON. */
export const badBodies = {
  400: { body: "{" },
  413: { headers: { "Content-Length": `${bodyMebibytesMax * 2 ** 20 + 1}` } },
  415: { body: "{}", headers: plain },
};
