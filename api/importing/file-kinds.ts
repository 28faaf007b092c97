import { UnreadableList } from "./table.ts";

/** What people send for a list of services. */
type FileKind = "zip" | "ole" | "html" | "gzip" | "pdf" | "rtf";

/** What the first bytes give away; null: nothing, as text does. */
export function recogniseContent(start: Uint8Array): FileKind | null {
  const text = String.fromCharCode(...start.subarray(0, 512));
  if (text.startsWith("PK\x03\x04") || text.startsWith("PK\x05\x06")) return "zip";
  if (text.startsWith("\xd0\xcf\x11\xe0")) return "ole";
  if (text.startsWith("\x1f\x8b")) return "gzip";
  if (text.startsWith("%PDF")) return "pdf";
  if (text.startsWith("{\\rtf")) return "rtf";
  return /^(\xef\xbb\xbf)?\s*<(!doctype|html|table|head|body|meta|\?xml)/i.test(text) ? "html" : null;
}

export function wrongContent(kind: FileKind, expected: "CSV" | "XLSX"): UnreadableList {
  const { code, message } = sayings[kind];
  const instead = expected === "CSV" ? "Save it as CSV UTF-8, or send a workbook (.xlsx) as one" : asWorkbook;
  return new UnreadableList(`${message} ${kind === "zip" ? zipAsText : instead}.`, { code });
}

export const asWorkbook = "Save it as an Excel workbook (.xlsx) and send that";

const zipAsText =
  "Send a workbook (.xlsx) with its media type, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const sayings: Readonly<Record<FileKind, { readonly code: string; readonly message: string }>> = {
  zip: { code: "not_a_csv", message: "The list was sent as CSV, and it is a workbook or another zip file." },
  ole: {
    code: "old_or_encrypted_workbook",
    message: "The file is a workbook of before 2007 (.xls), or one that is protected with a password.",
  },
  html: {
    code: "not_a_list",
    message: "The file is HTML or XML, whatever its name says; some programs export that as .xls.",
  },
  gzip: { code: "not_a_list", message: "The file is compressed with gzip. Unpack it first." },
  pdf: { code: "not_a_list", message: "The file is a PDF." },
  rtf: { code: "not_a_list", message: "The file is rich text." },
};
