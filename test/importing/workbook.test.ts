import { writeXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { codes, good, problemsOf, readAll, workbookFormat } from "./lists.ts";
import { handMade, rowOf, serviceWith } from "./zips.ts";

const header = ["service", "vCPU", "memory", "region"];
const web = ["web", 1, "2 GB", "us-east-1"];

type Sheets = Parameters<typeof writeXlsx>[0]["sheets"];

async function read(sheets: Sheets, sheet: string | null = null) {
  return await readAll(new Uint8Array(await writeXlsx({ sheets })), { ...workbookFormat, sheet });
}

test("numbers of cells need no locale, and text in them is read as in a CSV", async () => {
  const rows = [
    [...header, "hours", "tasks", "cost centre"],
    ["web", 0.25, 0.5, "us-east-1", 100.5, "1,024", 4711],
  ];
  expect(good(await read([{ name: "List", rows }]))).toMatchObject([
    { row: 2, cpuUnits: 256, memoryMiB: 512, hours: "100.5", tasks: 1024, costCentre: "4711" },
  ]);
  const german = [
    [...header, "hours", "tasks"],
    ["web", 1.125, "1,5 GB", "us-east-1", 1.024, "1.024"],
  ];
  const bytes = new Uint8Array(await writeXlsx({ sheets: [{ name: "List", rows: german }] }));
  expect(good(await readAll(bytes, { ...workbookFormat, locale: "de" }))).toMatchObject([
    { cpuUnits: 1152, memoryMiB: 1536, hours: "1.024", tasks: 1024 },
  ]);
});

test("the first visible sheet that is a list is read, below its titles; others by their name", async () => {
  const sheets = [
    { name: "Notes", rows: [["Of 2026"], ["by", "me"]] },
    { name: "Old", rows: [header, ["old", ...web.slice(1)]], hidden: true },
    { name: "My services", rows: [["Services"], [], ["of 2026", 1], header, [], web] },
    { name: "Next", rows: [header, ["next", ...web.slice(1)]] },
  ];
  expect(good(await read(sheets))).toMatchObject([{ service: "web", row: 6 }]);
  expect(good(await read(sheets, "Old"))).toMatchObject([{ service: "old" }]);
  expect(good(await read(sheets, "next"))).toMatchObject([{ service: "next" }]);
  const missing = await read(sheets, "Prices");
  expect(codes(missing)).toEqual(["sheet_not_found"]);
  expect(problemsOf(missing)[0]?.message).toContain('It has "Notes", "Old", "My services", "Next".');
  expect(codes(await read(sheets.slice(0, 2)))).toEqual(["no_header"]);
  expect(codes(await read(sheets, "Notes"))).toEqual(["Notes no_header"]);
});

test("problems say where as spreadsheets do", async () => {
  const rows = [header, ["web", "x", "2 GB", "us-east-1"]];
  expect(problemsOf(await read([{ name: "List", rows }]))).toMatchObject([
    { path: "List!B2", sheet: "List", row: 2, column: "B" },
  ]);
  expect(problemsOf(await read([{ name: "Bob's list", rows }]))).toMatchObject([{ path: "'Bob''s list'!B2" }]);
});

test("a formula has the value it was saved with, also from another workbook; without one, or with an error, it is told", async () => {
  const cells = [
    '<c r="E2"><f>1+1</f><v>2</v></c>',
    '<c r="F2"><f>[1]Sheet1!$A$1</f><v>2</v></c>',
    '<c r="G2" t="str"><f>"4"&amp;"711"</f><v>4711</v></c>',
  ];
  const columns = ["tasks", "min", "cost centre"];
  expect(good(await readAll(handMade({ rows: serviceWith(columns, cells.join("")) }), workbookFormat))).toMatchObject([
    { tasks: 2, tasksMin: 2, costCentre: "4711" },
  ]);
  const bad = [
    '<c r="E2"><f>1+1</f></c>',
    '<c r="F2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="G2" t="e"><v>#REF!</v></c>',
    '<c r="H2"><f t="shared" si="0"/></c>',
    '<c r="I2" t="e"><v>#N/A</v></c>',
  ];
  const rows = await readAll(
    handMade({ rows: serviceWith([...columns, "owner", "notes"], bad.join("")) }),
    workbookFormat,
  );
  expect(codes(rows)).toEqual([
    ...["Services!E2 formula_without_value", "Services!F2 error_value", "Services!G2 error_value"],
    "Services!H2 formula_without_value",
  ]);
  expect(problemsOf(rows)[1]?.message).toBe("min has no value: it is the error #DIV/0!. Correct its formula.");
});

test("days where numbers or names belong are told, in the calendars from 1900 and from 1904", async () => {
  const styles =
    '<numFmts><numFmt numFmtId="170" formatCode="dd\\.mm\\.yy"/><numFmt numFmtId="171" formatCode="0 &quot;days&quot;"/></numFmts>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="9"/></cellXfs>';
  const cells = ["1", "2", "3", "4"].map((style, at) => `<c r="${"EFGH"[at]}2" s="${style}"><v>46054</v></c>`).join("");
  const rows = serviceWith(["tasks", "owner", "max", "hours"], cells);
  for (const [workbookPr, day] of [
    ["", "2026-02-01"],
    ['<workbookPr date1904="1"/>', "2030-02-02"],
  ] as const) {
    const found = await readAll(handMade({ rows, styles, workbookPr }), workbookFormat);
    expect(codes(found)).toEqual([
      ...["Services!E2 date_in_number_column", "Services!F2 date_in_text_column", "Services!H2 not_a_number"],
    ]);
    expect(problemsOf(found)[0]?.message).toContain(`tasks says "${day}": a number belongs here.`);
  }
});

test("merged cells are told in each row that they take a value from; above the header they do no harm", async () => {
  const titled = [["Services"], [...header, "cluster", "notes"], [...web, "shop", "x"], [...web], [...web, "main"]];
  const merge = (first: string, last: string) => `<mergeCell ref="${first}:${last}"/>`;
  const rows = titled.map((texts, at) => rowOf(at + 1, texts.map(String))).join("");
  const book = (...merges: string[]) =>
    readAll(handMade({ rows, after: `<mergeCells>${merges.join("")}</mergeCells>` }), workbookFormat);
  expect(good(await book(merge("A1", "F1"), merge("F3", "F5")))).toHaveLength(3);
  const found = await book(merge("A1", "F1"), merge("E3", "E4"));
  expect(codes(found)).toEqual(["Services!E3 merged_cells", "Services!E4 merged_cells"]);
  expect(problemsOf(found)[1]?.message).toContain("it is merged into E3:E4. Unmerge it");
  expect(found.map(({ ok }) => ok)).toEqual([false, false, true]);
  const many = Array.from({ length: 1001 }, (_, at) => merge(`A${at + 10}`, `B${at + 10}`));
  expect(codes(await book(...many))).toEqual(["Services merged_cells"]);
});

test("text is read in runs, without its pronunciation, with what XML cannot say written out", async () => {
  const strings =
    "<si><r><t>we</t></r><r><rPr><b/></rPr><t>b</t></r><rPh><t>uebu</t></rPh></si><si><t>a_x000D_b</t></si><si><t>A &amp; B</t></si>";
  const texts = (first: string) =>
    `<row r="2">${[first, "n1", "n2"].map((cell) => (cell.startsWith("n") ? `<c><v>${cell.slice(1)}</v></c>` : `<c t="s"><v>${cell}</v></c>`)).join("")}<c t="inlineStr"><is><t>us-east-1</t></is></c></row>`;
  const of = (first: string) => readAll(handMade({ rows: rowOf(1, header) + texts(first), strings }), workbookFormat);
  expect(good(await of("0"))).toMatchObject([{ service: "web" }]);
  expect(codes(await of("1"))).toEqual(["Services!A2 control_characters"]);
  expect(good(await of("2"))).toMatchObject([{ service: "A & B" }]);
  expect(codes(await of("3"))).toEqual(["Services!A2 missing_value"]);
});

test("yes and no of a workbook are yes and no, and no numbers", async () => {
  const rows = [
    [...header, "interruptible", "tasks"],
    [...web, true, 1],
    [...web, false, true],
  ];
  const found = await read([{ name: "List", rows }]);
  expect(found[0]).toMatchObject({ ok: true, value: { interruptible: true } });
  expect(codes(found)).toEqual(["List!F3 not_a_number"]);
});

test("what lies right of the header in a workbook is nobody's business", async () => {
  expect(good(await read([{ name: "List", rows: [header, [...web, null, "checked by Bob"]] }]))).toHaveLength(1);
});

test("macros are not looked at", async () => {
  const vbaProject = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]);
  const bytes = new Uint8Array(await writeXlsx({ sheets: [{ name: "List", rows: [header, web] }], vbaProject }));
  expect(good(await readAll(bytes, workbookFormat))).toMatchObject([{ service: "web" }]);
});

test("20,000 services in a workbook are read in less than five seconds", async () => {
  const columns = [
    "tasks",
    "min",
    "max",
    "architecture",
    "OS",
    "hours",
    "options",
    "owner",
    "cost centre",
    "interruptible",
  ];
  const row = (at: number) => [`service ${at}`, 0.25, "2 GB", "us-east-1", 2, 1, 5, "arm", "linux", 700 - (at % 700)];
  const rows = Array.from({ length: 20_000 }, (_, at) => [
    ...row(at),
    "fargate, ec2",
    `team ${at % 50}`,
    at % 90,
    "no",
    "",
    "",
  ]);
  const bytes = new Uint8Array(
    await writeXlsx({ sheets: [{ name: "List", rows: [[...header, ...columns], ...rows] }] }),
  );
  const startMs = performance.now();
  expect(good(await readAll(bytes, workbookFormat))).toHaveLength(20_000);
  expect(performance.now() - startMs).toBeLessThan(5000);
});
