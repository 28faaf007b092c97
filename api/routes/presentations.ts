import { parseAccept } from "hono/utils/accept";
import type { ComparisonDocument } from "../present/json.ts";
import { comparisonText } from "../present/text.ts";
import { comparisonWorkbook } from "../present/workbook.ts";

/** One way to show a comparison: a file under `present/` and a line here. */
export interface Presentation {
  readonly mediaType: string;
  /** What an address ends in that asks for it: `json`. */
  readonly extension: string;
  /** `mediaType` with its parameters. */
  readonly contentType: string;
  /** It is kept as a file rather than read on the spot. */
  readonly isFile?: boolean;
  /** `stale`: a sentence for those who ask today, where the prices are stale. */
  present(document: ComparisonDocument, stale: string | null): Body | Promise<Body>;
}

export type Body = string | Uint8Array<ArrayBuffer>;

export const workbookMediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The first is what those get who ask for nothing in particular. */
export const presentations: readonly Presentation[] = [
  {
    ...{ mediaType: "application/json", contentType: "application/json", extension: "json" },
    present: (document) => JSON.stringify(document),
  },
  {
    ...{ mediaType: "text/plain", contentType: "text/plain; charset=utf-8", extension: "txt" },
    present: comparisonText,
  },
  {
    ...{ mediaType: workbookMediaType, contentType: workbookMediaType, extension: "xlsx", isFile: true },
    present: comparisonWorkbook,
  },
];

/** The presentation that an Accept header prefers (RFC 9110, section 12.5.1); null: it accepts none of them. */
export function negotiate(accept: string | undefined): Presentation | null {
  return preferred(accept, presentations);
}

/** The same among any presentations; the first is what those get who ask for nothing in particular. */
export function preferred<P extends { readonly mediaType: string }>(
  accept: string | undefined,
  known: readonly P[],
): P | null {
  if (accept === undefined || accept.trim() === "") return known[0] ?? null;
  const ranges = parseAccept(accept).map(({ type, q }) => ({ type: type.toLowerCase(), quality: q }));
  let best: { readonly presentation: P; readonly quality: number } | null = null;
  for (const presentation of known) {
    const quality = qualityOf(presentation.mediaType, ranges);
    if (quality > (best?.quality ?? 0)) best = { presentation, quality };
  }
  return best?.presentation ?? null;
}

/** Of the range that names the media type most closely, whatever a wider range says. */
function qualityOf(mediaType: string, ranges: readonly { readonly type: string; readonly quality: number }[]): number {
  for (const name of [mediaType, `${mediaType.split("/")[0]}/*`, "*/*"]) {
    const range = ranges.find(({ type }) => type === name);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
