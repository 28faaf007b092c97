import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What a credential is for: an API key, or a link's token. Its first letters say so, also to programs that look for leaked secrets. */
export type CredentialKind = "stw" | "stl";

/** A credential as it is handed out once, and what is kept of it. */
export interface Credential {
  readonly text: string;
  readonly id: string;
  /** SHA-256 of `text`, in hex. A slow hash would guard nothing: nobody guesses 256 random bits. */
  readonly hash: string;
}

/** `stw_<id>_<256 random bits>`, in hex. */
export function makeCredential(kind: CredentialKind): Credential {
  const id = randomBytes(6).toString("hex");
  const text = `${kind}_${id}_${randomBytes(32).toString("hex")}`;
  return { text, id, hash: hashOf(text) };
}

/** Null: no text of this form. */
export function readCredential(kind: CredentialKind, text: string): Credential | null {
  const id = new RegExp(`^${kind}_([0-9a-f]{12})_[0-9a-f]{64}$`).exec(text)?.[1];
  return id === undefined ? null : { text, id, hash: hashOf(text) };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

interface Kept {
  readonly hash: string;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Whether the credential is the one that was kept, and still counts. Takes as long for a near miss as for any other. */
export function isInForce({ hash }: Credential, kept: Kept, now: Date): boolean {
  const isSame = timingSafeEqual(Buffer.from(hash, "hex"), Buffer.from(kept.hash, "hex"));
  return isSame && kept.revokedAt === null && (kept.expiresAt === null || kept.expiresAt > now);
}

/** A text in which anything that looks like a credential is covered up. */
export function withoutCredentials(text: string): string {
  return text.replace(/st[wl]_[0-9a-z]*(_[0-9a-z]*)?|[0-9a-f]{40,}/gi, "***");
}
