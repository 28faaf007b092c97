import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Keys of one's own that documents name, each once, as hashes. AWS's managed ones (`alias/aws/ebs`) cost nothing and are none. */
export function encryptionKeysOf(references: readonly (string | null | undefined)[]): string[] {
  const own = references.filter((name) => name && !/(^|:)alias\/aws\//.test(name));
  return [...new Set(own.map((name) => bytesToHex(sha256(utf8ToBytes(name ?? "")))))];
}
