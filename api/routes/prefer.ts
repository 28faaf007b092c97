import type { Context } from "hono";

/** What of the Prefer header (RFC 7240) is heeded. */
export interface Preferences {
  readonly respondAsync: boolean;
  /** Null: not said. */
  readonly waitSeconds: number | null;
}

export function preferencesOf(c: Context): Preferences {
  const header = c.req.header("prefer") ?? "";
  const [, wait] = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:[,;]|$)/i.exec(header) ?? [];
  return {
    respondAsync: /(^|,)\s*respond-async\s*(,|;|$)/i.test(header),
    waitSeconds: wait === undefined ? null : Number(wait),
  };
}
