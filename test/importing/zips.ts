import { constants, crc32, deflateRawSync } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Left out: as large as it is. */
  readonly claimedBytes?: number;
  /** Given: deflated already, and `content` is not looked at. */
  readonly deflated?: Uint8Array;
}

/** A zip file made by hand, so that it can lie. */
export function zipOf(parts: readonly ZipPart[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content);
    const deflated = part.deflated ?? deflateRawSync(content);
    const name = Buffer.from(part.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(deflated.length, 14);
    common.writeUInt32LE(part.claimedBytes ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, place, name);
    const file = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, name, deflated]);
    files.push(file);
    offset += file.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...files, listed, Buffer.from("PK\x05\x06", "latin1"), end]));
}

/** Deflates to the text of so many mebibytes, all the same: each of them is a block that needs none of the others. */
export function repeatedMebibyte(text: string, mebibytes: number, { before = "", after = "" } = {}): Uint8Array {
  const piece = (content: string) => deflateRawSync(content, { finishFlush: constants.Z_FULL_FLUSH });
  const block = piece(text.repeat(Math.ceil(2 ** 20 / text.length)).slice(0, 2 ** 20));
  const blocks = Array.from({ length: mebibytes }, () => block);
  return new Uint8Array(Buffer.concat([piece(before), ...blocks, deflateRawSync(after)]));
}

export interface HandMadeBook {
  /** What lies between `<sheetData>` and its end. */
  readonly rows: string;
  /** After it. */
  readonly after?: string;
  readonly before?: string;
  readonly styles?: string;
  readonly strings?: string;
  readonly workbookPr?: string;
  readonly sheetState?: string;
  readonly sheet?: Omit<ZipPart, "name">;
  readonly further?: readonly ZipPart[];
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

/** A workbook of one sheet, "Services", with XML of the caller's. */
export function handMade(book: HandMadeBook): Uint8Array {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  return zipOf([
    { name: "[Content_Types].xml", content: "<Types/>" },
    {
      name: "_rels/.rels",
      content: `<Relationships ${relations}>${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    },
    {
      name: "xl/workbook.xml",
      content: `<workbook ${main} xmlns:r="${office}">${book.workbookPr ?? ""}<sheets><sheet name="Services" sheetId="1" state="${book.sheetState ?? "visible"}" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `<Relationships ${relations}>${relation("rId1", "worksheet", "worksheets/sheet1.xml")}${relation("rId2", "styles", "styles.xml")}${relation("rId3", "sharedStrings", "/xl/sharedStrings.xml")}</Relationships>`,
    },
    { name: "xl/styles.xml", content: `<styleSheet ${main}>${book.styles ?? ""}</styleSheet>` },
    { name: "xl/sharedStrings.xml", content: `<sst ${main}>${book.strings ?? ""}</sst>` },
    {
      name: "xl/worksheets/sheet1.xml",
      content: `${book.before ?? ""}<worksheet ${main}><sheetData>${book.rows}</sheetData>${book.after ?? ""}</worksheet>`,
      ...book.sheet,
    },
    ...(book.further ?? []),
  ]);
}

/** A row of texts. */
export function rowOf(row: number, texts: readonly string[]): string {
  const cells = texts.map((text, at) =>
    text === "" ? "" : `<c r="${String.fromCharCode(65 + at)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${row}">${cells.join("")}</row>`;
}

/** The header that most need, in row 1, and a service in row 2 with further cells. */
export function serviceWith(header: readonly string[], cells: string): string {
  const base = ["service", "vCPU", "memory", "region"];
  const row = rowOf(2, ["web", "1", "2 GB", "us-east-1"]).replace("</row>", `${cells}</row>`);
  return rowOf(1, [...base, ...header]) + row;
}
