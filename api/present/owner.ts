import type { ComparisonDocument } from "./json.ts";

/** A service's tags; null: it has none, or is no single service. */
export function tagsOf(
  service: string | null,
  { tags }: Partial<Pick<ComparisonDocument, "tags">>,
): Readonly<Record<string, string>> | null {
  return tags?.find((one) => one.service === service)?.tags ?? null;
}

/** What its tag `owner` says, however that is written. */
export function ownerOf(service: string | null, document: Partial<Pick<ComparisonDocument, "tags">>): string | null {
  const found = Object.entries(tagsOf(service, document) ?? {}).find(([key]) => key.toLowerCase() === "owner");
  return found?.[1] ?? null;
}
