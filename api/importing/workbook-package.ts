import { type FileEntry, ZipReader } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { SaxesParser } from "saxes";
import { asWorkbook, recogniseContent, wrongContent } from "./file-kinds.ts";
import { UnreadableList } from "./table.ts";

/** What an element of a part is called, without its namespace, and says of itself. */
export interface XmlReader {
  opened(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  closed?(name: string): void;
}

/** The parts of a workbook (ECMA-376, part 2), each unpacked only while it is read. */
export interface WorkbookPackage {
  has(path: string): boolean;
  /**
   * Has the part read; yields after every piece of it, so that whoever reads can hand on what there is. Throws `UnreadableList` where
   * there is no such part, it is over the limit, or it is no plain XML.
   */
  read(path: string, reader: XmlReader, mebibytesMax: number): AsyncGenerator<undefined>;
}

const partsMax = 10_000;
/** Of all parts that are read, each as often as it is. */
const totalMebibytesMax = 512;

/**
 * The library that writes workbooks reads them too, but takes a file at its word: it unpacks up to 2 GiB in one piece, follows a part as
 * often as the file refers to it, and reads drawings, pivots and links to other workbooks that nobody asked for. Here only parts of the
 * list itself are unpacked, piece by piece, and counted.
 */
export async function openPackage(bytes: Uint8Array<ArrayBuffer>): Promise<WorkbookPackage> {
  const kind = recogniseContent(bytes);
  if (kind === "ole" && isEncrypted(bytes)) throw encrypted;
  if (kind !== null && kind !== "zip") throw wrongContent(kind, "XLSX");
  if (kind === null) {
    throw new UnreadableList(`The file is no workbook. ${asWorkbook}, or send it as text/csv if it is one.`, {
      code: "not_a_workbook",
    });
  }
  const parts = await partsOf(bytes);
  refuseOtherKinds(parts);
  const budget = { bytes: totalMebibytesMax * mebibyte };
  return {
    has: (path) => parts.has(path.toLowerCase()),
    read: (path, reader, mebibytesMax) => readPart(parts.get(path.toLowerCase()), reader, { mebibytesMax, budget }),
  };
}

const encrypted = new UnreadableList("The workbook is protected with a password. Save it without one.", {
  code: "encrypted_workbook",
});

/** Of [MS-OFFCRYPTO], 2.3.4.4: the stream in which an encrypted package lies. */
function isEncrypted(bytes: Uint8Array): boolean {
  const name = [..."EncryptedPackage"].flatMap((letter) => [letter.charCodeAt(0), 0]);
  for (let at = bytes.indexOf(name[0] ?? 0); at >= 0; at = bytes.indexOf(name[0] ?? 0, at + 1)) {
    if (name.every((byte, offset) => bytes[at + offset] === byte)) return true;
  }
  return false;
}

async function partsOf(bytes: Uint8Array<ArrayBuffer>): Promise<Map<string, FileEntry>> {
  const zip = new ZipReader(new Blob([bytes]).stream(), { useWebWorkers: false, checkCrc32: true });
  const parts = new Map<string, FileEntry>();
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (parts.size >= partsMax) throw damaged();
      if (!entry.directory) parts.set(entry.filename.toLowerCase(), entry);
    }
  } catch (cause) {
    throw cause instanceof UnreadableList ? cause : damaged(cause);
  }
  return parts;
}

function damaged(cause?: unknown): UnreadableList {
  const message = `The workbook is damaged or was cut off on its way. Open it, save it again (.xlsx) and send that.`;
  return new UnreadableList(message, { code: "damaged_workbook", cause });
}

function refuseOtherKinds(parts: ReadonlyMap<string, FileEntry>): void {
  const says = (what: string, code: string) => new UnreadableList(`The file is ${what}. ${asWorkbook}.`, { code });
  if (parts.has("xl/workbook.bin")) throw says("a binary workbook (.xlsb)", "binary_workbook");
  if (parts.has("mimetype") && parts.has("content.xml")) throw says("an OpenDocument (.ods)", "open_document");
  if (!parts.has("[content_types].xml") || !parts.has("_rels/.rels")) {
    throw says("a zip file and no workbook", "not_a_workbook");
  }
}

async function* readPart(
  part: FileEntry | undefined,
  reader: XmlReader,
  { mebibytesMax, budget }: { readonly mebibytesMax: number; readonly budget: { bytes: number } },
): AsyncGenerator<undefined> {
  if (part === undefined) throw damaged();
  if (part.uncompressedSize > mebibytesMax * mebibyte) throw tooLarge(mebibytesMax);
  const xml = parserFor(reader);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let read = 0;
  let withoutTag = 0;
  try {
    for await (const piece of unpacked(part)) {
      read += piece.length;
      budget.bytes -= piece.length;
      if (read > mebibytesMax * mebibyte || budget.bytes < 0) throw tooLarge(mebibytesMax);
      const text = decoder.decode(piece, { stream: true });
      withoutTag = text.includes("<") ? 0 : withoutTag + text.length;
      // The parser holds a text until it ends, and no cell has one as long.
      if (withoutTag > mebibyte) throw damaged();
      xml.write(text);
      yield;
    }
    xml.write(decoder.decode()).close();
  } catch (cause) {
    throw cause instanceof UnreadableList ? cause : damaged(cause);
  }
  yield;
}

const mebibyte = 1024 * 1024;

/** What goes wrong while unpacking is told by the reading end, or once it has come to its own. */
async function* unpacked(part: FileEntry): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  let failure: unknown = null;
  const unpacking = part.getData(writable).catch((error: unknown) => {
    failure = error;
  });
  try {
    yield* readable;
  } finally {
    await unpacking;
  }
  if (failure !== null) throw failure;
}

function parserFor(reader: XmlReader): SaxesParser {
  const xml = new SaxesParser();
  // Workbooks have none (ECMA-376, part 2, 8.1.4); what such a thing defines can grow without end.
  xml.on("doctype", () => {
    throw new UnreadableList(
      "The workbook declares XML entities, which workbooks do not have. Save it again and send that.",
      {
        code: "document_type_declared",
      },
    );
  });
  xml.on("opentag", ({ name, attributes }) => reader.opened(local(name), attributes));
  xml.on("text", (text) => reader.text?.(text));
  xml.on("cdata", (text) => reader.text?.(text));
  xml.on("closetag", ({ name }) => reader.closed?.(local(name)));
  return xml;
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function tooLarge(mebibytesMax: number): UnreadableList {
  const message = `A part of the workbook unpacks to more than ${mebibytesMax} MiB. Remove what is not part of the list, or split it.`;
  return new UnreadableList(message, { code: "workbook_too_large" });
}
