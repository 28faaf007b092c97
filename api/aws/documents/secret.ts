import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Secret } from "../../core/model/workload.ts";
import { field, objectOf, text } from "./fields.ts";

/**
 * An entry of `secrets` or `secretOptions` (botocore ecs 2014-11-13, Secret), with the `value` that some people write by mistake.
 * What is read here is hashed or dropped before the document leaves this folder.
 */
export const secretEntry = objectOf({
  name: field(textOrNull),
  valueFrom: text(),
  value: field(textOrNull),
});

interface SecretEntry {
  readonly name: string | null;
  readonly valueFrom: string | null;
  readonly value: string | null;
}

/** Where a secret is kept: an ARN, or a bare name, which stands for a secret of the `kind`. */
export interface SecretReference {
  readonly text: string;
  readonly kind: Secret["kind"];
}

/** Null: nothing says where it is kept. */
export function secretReference(entry: SecretEntry): SecretReference | null {
  // A plain value is never hashed: a hash of a password can be guessed at leisure.
  const text = entry.valueFrom ?? (entry.value?.startsWith("arn:") ? entry.value : entry.name);
  return text === null ? null : { text, kind: "parameter-store" };
}

/** Distinct secrets by kind and hash of their reference. */
export function distinctSecrets(references: readonly SecretReference[]): Secret[] {
  const secrets = references.map((reference): Secret => {
    const arn = managedSecret.exec(reference.text)?.[1];
    const kind = arn === undefined ? reference.kind : "secrets-manager";
    return { kind, hash: bytesToHex(sha256(utf8ToBytes(arn ?? reference.text))) };
  });
  return [...new Map(secrets.map((secret) => [secret.hash, secret])).values()];
}

/** A Secrets Manager ARN up to the secret's name: `:json-key:version-stage:version-id` choose a part of the same secret. */
const managedSecret = /^(arn:.*:secretsmanager:.*:secret:[^:]+)/;

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
