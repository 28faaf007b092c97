import { expect } from "vitest";
import { posting } from "../routes/memory-app.ts";
import type { Ask } from "./ask-at.ts";
import type { RunningHome } from "./home.ts";

/** Somebody with keys of a home's, who asks with one after the other so that none asks too often. */
export interface Visitor {
  /** Of scope admin. */
  readonly ask: Ask;
  /** Asks and expects this status; gives what is answered. */
  json<T>(path: string, init?: RequestInit & { readonly expected?: number }): Promise<T>;
  newKey(scope: "read" | "write" | "admin"): Promise<string>;
}

const keysMax = 16;

/** Makes the first key, which closes the home to everybody without one. */
export async function visit({ ask }: RunningHome): Promise<Visitor> {
  const make = async (scope: string, by: string | null) => {
    const response = await ask("/v1/keys", posting({ name: scope, scope }, by === null ? {} : bearer(by)));
    expect(response.status).toBe(201);
    return ((await response.json()) as { readonly key: string }).key;
  };
  const first = await make("admin", null);
  const keys = [first];
  while (keys.length < keysMax) keys.push(await make("admin", first));
  let at = 0;
  const asked: Ask = (path, init = {}) => {
    at += 1;
    return ask(path, { ...init, headers: withKey(init, keys[at % keysMax] ?? first) });
  };
  return {
    ask: asked,
    async json(path, { expected = 200, ...init } = {}) {
      const response = await asked(path, init);
      const text = await response.text();
      expect([path, response.status, text]).toEqual([path, expected, text]);
      return JSON.parse(text);
    },
    newKey: (scope) => make(scope, first),
  };
}

function withKey({ headers }: RequestInit, key: string): Headers {
  const own = new Headers(headers);
  if (!own.has("Authorization")) own.set("Authorization", `Bearer ${key}`);
  return own;
}

export function bearer(key: string): { readonly Authorization: string } {
  return { Authorization: `Bearer ${key}` };
}

export function putting(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { ...posting(body, headers), method: "PUT" };
}
