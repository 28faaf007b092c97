import type { Context, MiddlewareHandler, Next } from "hono";
import { DatabaseProblem } from "../../db/problems.ts";
import { type Scope, scopes } from "../../db/scope.ts";
import type { Keyring } from "../keyring.ts";
import { isReference, scopeFor } from "./access-rules.ts";
import { loopbackOnly } from "./loopback-only.ts";
import { unavailable } from "./prepared-first.ts";
import { problemDetails, refusal } from "./problem-details.ts";

export interface AccessSettings {
  readonly keys: Keyring;
  /** As long as no key was made, whoever is on this machine may ask. Otherwise nobody may without a key. */
  readonly loopback: boolean;
  readonly isReferenceOpen: boolean;
}

/** Id of the key that a request came with; null: it needed none. */
export interface Caller {
  readonly keyId: string | null;
}

/** Lets those in who may ask: whoever has a key of the scope needed, or on a server for its own machine alone, that machine. */
export function access(settings: AccessSettings): MiddlewareHandler {
  return async (c, next) => {
    const { method, path } = c.req;
    const rule = scopeFor(method, { path, isPurge: c.req.query("purge") !== undefined });
    const reference = settings.isReferenceOpen ? "open" : "read";
    const needed = isReference(path) ? reference : rule;
    const isOpen = needed === "open";
    // By whom, and under which name of this server, is no matter then.
    if (needed === "signed") return await next();
    try {
      if (settings.loopback && !(await isKeyNeeded(settings.keys, isOpen && !path.startsWith("/v1/"))))
        return await loopbackOnly(c, next);
      if (isOpen) return await next();
      return await withKey(c, { next, needed, keys: settings.keys });
    } catch (error) {
      if (!(error instanceof DatabaseProblem)) throw error;
      return unavailable(c, error);
    }
  };
}

/** The monitor and the reference are answered without the database, which may be in trouble. */
async function isKeyNeeded(keys: Keyring, isWithoutDatabase: boolean): Promise<boolean> {
  return isWithoutDatabase ? keys.isKeyKnown() : await keys.isKeyMade();
}

interface Entering {
  readonly next: Next;
  readonly needed: Scope;
  readonly keys: Keyring;
}

async function withKey(c: Context, { next, needed, keys }: Entering): Promise<Response | undefined> {
  const text = /^Bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "")?.[1];
  const key = text === undefined ? null : await keys.find(text);
  if (key === null) return unauthenticated(c);
  if (scopes.indexOf(key.scope) < scopes.indexOf(needed)) {
    const message = `This needs a key with the scope ${needed}; the one sent has the scope ${key.scope}.`;
    return problemDetails(c, refusal(403, "scope_missing", message));
  }
  c.set("caller", { keyId: key.id } satisfies Caller);
  await next();
  return undefined;
}

/** The one answer to every failed authentication, whatever failed: none tells a key that was from one that never was. */
function unauthenticated(c: Context): Response {
  c.header("WWW-Authenticate", "Bearer");
  const message =
    "This needs an API key: send one that is in force as Authorization: Bearer stw_… Whoever runs this server makes them.";
  return problemDetails(c, refusal(401, "api_key_needed", message));
}

export function callerOf(c: Context): Caller {
  return c.get("caller") ?? { keyId: null };
}
