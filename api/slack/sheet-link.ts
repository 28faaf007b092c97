import type { Result } from "../core/model/problem.ts";
import { makeLink } from "../make-link.ts";
import type { SlackDesk, SlackUser } from "./messages.ts";

const daysKept = 30;

/** An address that shows a comparison to people without a key, for a month; prices of one's own only where they may be shown. */
export async function sheetLink(
  { comparison, extension }: { readonly comparison: string; readonly extension: "txt" | "xlsx" | "json" },
  { team, user }: SlackUser,
  { database, publicUrl, shareOwnPrices, now }: SlackDesk,
): Promise<Result<{ readonly url: string; readonly expiresAt: string }>> {
  const asked = { comparison, expiresInDays: daysKept, ownPrices: shareOwnPrices };
  const made = await makeLink(asked, { database, createdBy: `slack:${team}/${user}`, now: now() });
  if (!made.ok) return made;
  return { ok: true, value: { url: `${publicUrl}${made.value.url}.${extension}`, expiresAt: made.value.expiresAt } };
}
