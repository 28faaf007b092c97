import { UnreadableList } from "./table.ts";
import type { WorkbookPackage } from "./workbook-package.ts";

export interface SheetPart {
  readonly name: string;
  readonly path: string;
  readonly isHidden: boolean;
}

/** What the number format of a cell makes of its number. */
export type NumberFormat = "plain" | "date" | "percent";

/** What the sheets of a workbook have in common. */
export interface WorkbookContents {
  readonly sheets: readonly SheetPart[];
  readonly sharedStrings: readonly string[];
  /** By the style of a cell. */
  readonly formats: readonly NumberFormat[];
  /** Days are counted from 1904 instead of 1900. */
  readonly is1904: boolean;
}

const smallMebibytesMax = 4;
const sharedStringsMebibytesMax = 64;

/** Macros (.xlsm), links to other workbooks and all else are left alone. Throws `UnreadableList`. */
export async function readContents(parts: WorkbookPackage): Promise<WorkbookContents> {
  const [main] = await relationsOf(parts, { folder: "", path: "_rels/.rels" }, "officeDocument");
  if (main === undefined || !parts.has(main.path)) throw noWorkbook;
  const slash = main.path.lastIndexOf("/") + 1;
  const folder = main.path.slice(0, slash);
  const relations = { folder, path: `${folder}_rels/${main.path.slice(slash)}.rels` };
  const related = (type: string) => relationsOf(parts, relations, type);
  const { named, is1904 } = await readWorkbook(parts, main.path);
  const paths = new Map((await related("worksheet")).map(({ id, path }) => [id, path]));
  const [strings] = await related("sharedStrings");
  const [styles] = await related("styles");
  return {
    // Charts have sheets of their own.
    sheets: named.flatMap(({ name, isHidden, id }) => {
      const path = paths.get(id);
      return path === undefined ? [] : [{ name, isHidden, path }];
    }),
    sharedStrings: strings === undefined ? [] : await readStrings(parts, strings.path),
    formats: styles === undefined ? [] : await readFormats(parts, styles.path),
    is1904,
  };
}

const noWorkbook = new UnreadableList("The file is an Office document and no workbook. Save the list as one (.xlsx).", {
  code: "not_a_workbook",
});

interface Relation {
  readonly id: string;
  readonly path: string;
}

interface Relations {
  /** What their targets start from. */
  readonly folder: string;
  readonly path: string;
}

/** Of one type; those that lead out of the file are none. */
async function relationsOf(parts: WorkbookPackage, { folder, path }: Relations, type: string): Promise<Relation[]> {
  const found: Relation[] = [];
  const opened = (
    name: string,
    { Id = "", Type = "", Target = "", TargetMode = "" }: Readonly<Record<string, string>>,
  ) => {
    if (name !== "Relationship" || !Type.endsWith(`/${type}`) || TargetMode === "External") return;
    found.push({ id: Id, path: pathFrom(folder, Target) });
  };
  await readAll(parts.read(path, { opened }, smallMebibytesMax));
  return found;
}

function pathFrom(folder: string, target: string): string {
  const path: string[] = [];
  for (const part of (target.startsWith("/") ? target : folder + target).split("/")) {
    if (part === "..") path.pop();
    else if (part !== "" && part !== ".") path.push(part);
  }
  return path.join("/");
}

async function readAll(reading: AsyncIterable<undefined>): Promise<void> {
  for await (const _ of reading);
}

interface NamedSheet {
  readonly name: string;
  readonly id: string;
  readonly isHidden: boolean;
}

async function readWorkbook(parts: WorkbookPackage, path: string) {
  const named: NamedSheet[] = [];
  let is1904 = false;
  const opened = (element: string, attributes: Readonly<Record<string, string>>) => {
    if (element === "workbookPr") is1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
    if (element !== "sheet") return;
    const [, id = ""] = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key)) ?? [];
    named.push({ name: attributes.name ?? "", id, isHidden: (attributes.state ?? "visible") !== "visible" });
  };
  await readAll(parts.read(path, { opened }, smallMebibytesMax));
  return { named, is1904 };
}

async function readStrings(parts: WorkbookPackage, path: string): Promise<string[]> {
  const strings: string[] = [];
  const text = new RunText();
  await readAll(
    parts.read(
      path,
      {
        opened: (name) => {
          if (name === "si") text.restart();
          else text.opened(name);
        },
        text: (part) => text.add(part),
        closed: (name) => {
          if (name === "si") strings.push(text.value());
          if (strings.length > stringsMax) throw tooManyStrings;
          text.closed(name);
        },
      },
      sharedStringsMebibytesMax,
    ),
  );
  return strings;
}

/** Text in runs of different looks, without the aid to its pronunciation (rPh). */
export class RunText {
  #text = "";
  #isText = false;
  #isPhonetic = false;

  restart(): void {
    this.#text = "";
  }

  opened(name: string): void {
    if (name === "rPh") this.#isPhonetic = true;
    if (name === "t") this.#isText = !this.#isPhonetic;
  }

  add(text: string): void {
    if (this.#isText) this.#text += text;
  }

  closed(name: string): void {
    if (name === "rPh") this.#isPhonetic = false;
    if (name === "t") this.#isText = false;
  }

  value(): string {
    return unescaped(this.#text);
  }
}

/** `_x000D_` is how these files write a carriage return (ECMA-376, part 1, 22.9.2.19). */
export function unescaped(text: string): string {
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const stringsMax = 2_000_000;

const tooManyStrings = new UnreadableList(`The workbook has more than ${stringsMax} different texts. Split it.`, {
  code: "workbook_too_large",
});

async function readFormats(parts: WorkbookPackage, path: string): Promise<NumberFormat[]> {
  const codes = new Map<string, string>();
  const formats: NumberFormat[] = [];
  let isOfCells = false;
  const opened = (name: string, { numFmtId = "0", formatCode = "" }: Readonly<Record<string, string>>) => {
    if (name === "numFmt") codes.set(numFmtId, formatCode);
    else if (name === "cellXfs") isOfCells = true;
    else if (name === "xf" && isOfCells) formats.push(formatOf(Number(numFmtId), codes.get(numFmtId)));
  };
  const closed = (name: string) => {
    if (name === "cellXfs") isOfCells = false;
  };
  await readAll(parts.read(path, { opened, closed }, smallMebibytesMax));
  return formats;
}

/** Formats without a code are built in (ECMA-376, part 1, 18.8.30). */
function formatOf(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) {
    if (id === 9 || id === 10) return "percent";
    return [
      [14, 22],
      [27, 36],
      [45, 47],
      [50, 58],
    ].some(([from = 0, to = 0]) => id >= from && id <= to)
      ? "date"
      : "plain";
  }
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");
  if (/[ymdhs]/i.test(bare.replace(/general/gi, ""))) return "date";
  return bare.includes("%") ? "percent" : "plain";
}
