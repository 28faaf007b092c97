import { objectOf, text } from "../documents/fields.ts";

/** One object of the manifests, and where it stands in them. */
export interface KubernetesObject {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: string;
}

export const objectName = objectOf({ name: text(253), namespace: text(63) });

/** Objects without a namespace are in this one. */
export const defaultNamespace = "default";
