import type { Problem } from "../api/core/model/problem.ts";

/** What shows a server that this process may ask: the key in STOWAGE_API_KEY. */
export function keyHeader(): Record<string, string> {
  const { STOWAGE_API_KEY: key } = process.env;
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/** For those whom the server that holds the data directory has turned away. */
export const keyHint: Problem = {
  code: "api_key_needed",
  path: "",
  message:
    "That was the server that holds the data directory. Set STOWAGE_API_KEY to a key that it takes; or stop it, and this works without.",
};
