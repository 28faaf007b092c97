import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What a text says besides its hash: what kind of thing it names, and where. */
export interface Hashed {
  readonly kind: string;
  /** Null: it names none. */
  readonly region: string | null;
  readonly hash: string;
}

/** No ARN and no name of anything in AWS begins so. The region stands where ARNs have it. */
const shape = /^hashed:([a-z-]+):([a-z0-9-]*):([0-9a-f]{64})$/;

/** A name in the form in which it is kept. */
export function hashedText({ kind, region, hash }: Hashed): string {
  return `hashed:${kind}:${region ?? ""}:${hash}`;
}

/** Null: the text is not in the form in which names are kept. */
export function readHashed(text: string): Hashed | null {
  const [, kind, region, hash] = shape.exec(text) ?? [];
  return kind === undefined || hash === undefined ? null : { kind, region: region || null, hash };
}

/** The hash of a text, or the one in it. */
export function hashOf(text: string): string {
  return readHashed(text)?.hash ?? bytesToHex(sha256(utf8ToBytes(text)));
}
