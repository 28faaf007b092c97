import type { Context } from "hono";
import type { Database } from "../../db/database.ts";
import { csvMebibytesMax, workbookMebibytesMax } from "../importing/read-list.ts";
import type { ListFormat } from "../importing/service-row.ts";
import { vocabularyNow } from "../importing/vocabulary.ts";
import { workbookMediaType } from "./presentations.ts";
import { type Refusal, refusal } from "./problem-details.ts";
import { oneOf, type Parameter, readParameters } from "./query.ts";

/** Browsers on machines that have Excel send CSV as vnd.ms-excel. */
const csvMediaTypes = /^(text\/csv|application\/csv|text\/tab-separated-values|application\/vnd\.ms-excel)\s*(;|$)/i;

/** How a list is sent. */
export interface SentList {
  readonly body: ReadableStream<Uint8Array>;
  readonly format: ListFormat;
  readonly partial: boolean;
}

const locale: Parameter<string> = {
  read(text) {
    try {
      return Intl.getCanonicalLocales(text)[0];
    } catch {
      return;
    }
  },
  should: "a language tag such as de or en-GB",
};

const encoding: Parameter<string> = {
  read(text) {
    try {
      return new TextDecoder(text).encoding;
    } catch {
      return;
    }
  },
  should: "the name of an encoding such as utf-8 or windows-1252",
};

const anything: Parameter<string> = { read: (text) => text, should: "text" };

const listParameters = {
  partial: oneOf(["true", "false"]),
  ...{ locale, encoding, sheet: anything, region: anything },
};

/** The list with what its headers and its address say of it, or why it is not even begun with. */
export async function sentList(c: Context, database: Database): Promise<SentList | Refusal> {
  const contentType = c.req.header("content-type") ?? "";
  const isWorkbook = contentType.split(";")[0]?.trim().toLowerCase() === workbookMediaType;
  if (!isWorkbook && !csvMediaTypes.test(contentType)) return notAList;
  if (!/^(identity)?$/i.test((c.req.header("content-encoding") ?? "").trim())) return compressed;
  const asked = readParameters(c, listParameters);
  if (!asked.ok) return { status: 400, problems: asked.problems };
  const mebibytesMax = isWorkbook ? workbookMebibytesMax : csvMebibytesMax;
  if (Number(c.req.header("content-length") ?? 0) > mebibytesMax * 1024 * 1024) return listTooLarge;
  const [, charset = null] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType) ?? [];
  const { partial, region, sheet } = asked.value;
  const vocabulary = await vocabularyNow(database);
  if (region !== null && !vocabulary.regions.includes(region)) return noSuchRegion;
  return {
    body: c.req.raw.body ?? new Blob([]).stream(),
    format: {
      mediaType: isWorkbook ? workbookMediaType : "text/csv",
      locale: asked.value.locale,
      encoding: asked.value.encoding ?? (charset === null ? null : (encoding.read(charset) ?? null)),
      ...{ sheet, defaultRegion: region, vocabulary },
    },
    partial: partial === "true",
  };
}

const notAList = refusal(
  415,
  "not_a_list",
  `The body must be a list of services: send it with Content-Type: text/csv, or ${workbookMediaType}.`,
);

const compressed = refusal(415, "compressed", "The body must not be compressed: send it without Content-Encoding.");

export const listTooLarge = refusal(
  413,
  "body_too_large",
  `The body is over ${csvMebibytesMax} MiB as CSV, or ${workbookMebibytesMax} MiB as a workbook. Send the list in parts.`,
);

const noSuchRegion: Refusal = {
  status: 400,
  problems: [
    {
      code: "unknown_value",
      path: "region",
      message: "region must be one that there are prices for, such as us-east-1.",
    },
  ],
};
