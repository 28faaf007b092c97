import { documentFormats } from "./aws/documents/catalogue.ts";
import { manifestsIn } from "./aws/documents/manifest.ts";
import { record } from "./aws/documents/recording.ts";
import { isObject } from "./core/model/field.ts";
import { parse } from "./core/parsing/parse.ts";

/**
 * A request (decoded JSON that parses, with nothing left to be looked up) with only what is read of it: parsing it gives the same
 * workload, and redacting it gives itself. No second list of fields says what is kept: what parsing looks at is.
 */
export function redact(request: unknown): Readonly<Record<string, unknown>> {
  const recording = record(withObjects(request));
  const parsed = parse(recording.watched, documentFormats);
  const seen = recording.seen();
  if (!parsed.ok || !isObject(seen)) throw new Error("Only a request that parses can be redacted");
  return seen;
}

/** YAML texts are read as the objects in them, which stand in their places. */
function withObjects(request: unknown): unknown {
  if (!isObject(request) || !Array.isArray(request.manifests)) return request;
  const manifests = request.manifests.map((one: unknown) => (typeof one === "string" ? manifestsIn(one) : one));
  return { ...request, manifests };
}
