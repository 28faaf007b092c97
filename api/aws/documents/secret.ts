import type { Secret } from "../../core/model/workload.ts";
import { field, keptAs, objectOf, text } from "./fields.ts";
import { hashedText, hashOf, readHashed } from "./hashed.ts";
import { regionOf } from "./identifier.ts";

const entry = objectOf({
  name: field(textOrNull),
  valueFrom: text(),
  value: field(textOrNull),
});

/**
 * An entry of `secrets` or `secretOptions` (botocore ecs 2014-11-13, Secret), with the `value` that some people write by mistake.
 * What is read here is hashed or dropped before the document leaves this folder.
 */
export const secretEntry = keptAs(entry, (value) => {
  const reference = secretReference(entry.parse(value) ?? { name: null, valueFrom: null, value: null });
  return reference === null ? null : { valueFrom: keptReference(reference) };
});

/** `credentialsParameter`: a secret of Secrets Manager, by its ARN or name. */
export const credentialsParameter = keptAs(text(), (value) => {
  const reference = text().parse(value);
  return reference === null ? null : keptReference({ text: reference, kind: "secrets-manager" });
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
  const secrets = references.map(secretOf);
  return [...new Map(secrets.map((secret) => [secret.hash, secret])).values()];
}

function secretOf({ text: reference, kind }: SecretReference): Secret {
  const kept = kinds.find((known) => known === readHashed(reference)?.kind);
  const arn = managedSecret.exec(reference)?.[1];
  return { kind: kept ?? (arn === undefined ? kind : "secrets-manager"), hash: hashOf(arn ?? reference) };
}

/** The reference as it is kept: its hash, with what kind of secret it is and its region, which may be the workload's. */
function keptReference(reference: SecretReference): string {
  return hashedText({ ...secretOf(reference), region: regionOf(reference.text) });
}

const kinds: readonly Secret["kind"][] = ["secrets-manager", "parameter-store"];

/** A Secrets Manager ARN up to the secret's name: `:json-key:version-stage:version-id` choose a part of the same secret. */
const managedSecret = /^(arn:.*:secretsmanager:.*:secret:[^:]+)/;

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
