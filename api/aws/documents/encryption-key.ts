import { keptAs, text } from "./fields.ts";
import { hashedText, hashOf } from "./hashed.ts";
import { regionOf } from "./identifier.ts";

/** AWS's managed ones (`alias/aws/ebs`) cost nothing and are none of one's own. */
const managed = /(^|:)alias\/aws\//;

/** The KMS key that something is encrypted with, by ARN, id or alias. */
export function encryptionKey() {
  return keptAs(text(), (value) => {
    const name = text().parse(value);
    if (name === null || managed.test(name)) return null;
    return hashedText({ kind: "kms", region: regionOf(name), hash: hashOf(name) });
  });
}

/** Keys of one's own that documents name, each once, as hashes. */
export function encryptionKeysOf(references: readonly (string | null | undefined)[]): string[] {
  const own = references.filter((name) => name && !managed.test(name));
  return [...new Set(own.map((name) => hashOf(name ?? "")))];
}
