import { writeXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { readList } from "../../api/importing/read-list.ts";
import { bodyOf, codes, good, problemsOf, readAll, utf8, workbookFormat } from "./lists.ts";
import { handMade, repeatedMebibyte, rowOf, serviceWith, zipOf } from "./zips.ts";

async function codesOfBytes(bytes: Uint8Array): Promise<string[]> {
  return codes(await readAll(bytes, workbookFormat));
}

test("a sheet that says it unpacks to 1 GiB is refused without unpacking it", async () => {
  const deflated = repeatedMebibyte(" ", 1024, { before: "<worksheet>", after: "</worksheet>" });
  const bytes = handMade({ rows: "", sheet: { content: "", deflated, claimedBytes: 2 ** 30 } });
  const startMs = performance.now();
  expect(await codesOfBytes(bytes)).toEqual(["workbook_too_large"]);
  expect(performance.now() - startMs).toBeLessThan(2000);
  expect(bytes.length).toBeLessThan(2 ** 21);
});

test("a sheet that says it is small and unpacks to 1 GiB is not unpacked beyond what it says", async () => {
  const deflated = repeatedMebibyte(" ", 1024, { before: "<worksheet>", after: "</worksheet>" });
  const bytes = handMade({ rows: "", sheet: { content: "", deflated, claimedBytes: 1000 } });
  const before = process.memoryUsage.rss();
  const startMs = performance.now();
  expect(await codesOfBytes(bytes)).toEqual(["damaged_workbook"]);
  expect(performance.now() - startMs).toBeLessThan(10_000);
  expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(300);
});

test("shared strings of more than 64 MiB are refused", async () => {
  const sheet = handMade({ rows: "" });
  expect(await codesOfBytes(sheet)).toEqual(["no_header"]);
  const deflated = repeatedMebibyte("<si><t>word</t></si>", 80, { before: "<sst>", after: "</sst>" });
  const parts = [{ name: "xl/sharedStrings.xml", content: "", deflated, claimedBytes: 80 * 2 ** 20 }];
  expect(await codesOfBytes(handMade({ rows: "", further: parts }))).toEqual(["workbook_too_large"]);
});

test("a part that a workbook names thousands of times is unpacked once", async () => {
  const links = Array.from(
    { length: 5000 },
    (_, at) => `<Relationship Id="x${at}" Type="http://x/externalLink" Target="worksheets/sheet1.xml"/>`,
  );
  const content = `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>${links.join("")}</Relationships>`;
  const rows = serviceWith([], "") + Array.from({ length: 2000 }, (_, at) => rowOf(at + 3, ["x"])).join("");
  const book = handMade({ rows, further: [{ name: "xl/_rels/workbook.xml.rels", content }] });
  const startMs = performance.now();
  expect((await readAll(book, workbookFormat)).length).toBe(2001);
  expect(performance.now() - startMs).toBeLessThan(5000);
});

test("100,001 services are one too many", async () => {
  const header = rowOf(1, ["service", "vCPU", "memory", "region"]);
  const row = '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c><c><v>2</v></c><c t="s"><v>0</v></c></row>';
  const book = handMade({ rows: header + row.repeat(100_001), strings: "<si><t>us-east-1</t></si>" });
  let services = 0;
  let last: unknown = null;
  for await (const read of readList(bodyOf(book), workbookFormat)) {
    if (read.ok) services += 1;
    else last = read.problems;
  }
  expect(services).toBe(100_000);
  expect(last).toMatchObject([{ code: "too_many_rows", row: 100_002, path: "Services!100002:100002" }]);
});

test("a cell in the far corner takes no room, and is no part of the list", async () => {
  const far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
  const rows = await readAll(handMade({ rows: serviceWith([], "") + far }), workbookFormat);
  expect(good(rows).map(({ row }) => row)).toEqual([2]);
});

test("a text of megabytes without an end is not gathered", async () => {
  const deflated = repeatedMebibyte("a", 100, { before: "<worksheet><sheetData>", after: "</sheetData></worksheet>" });
  const content = Buffer.from(`<worksheet><sheetData>${"a".repeat(100 * 2 ** 20)}</sheetData></worksheet>`);
  expect(await codesOfBytes(handMade({ rows: "", sheet: { content, deflated } }))).toEqual(["damaged_workbook"]);
});

test("entities that a workbook declares are refused before they are used", async () => {
  const before = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
  expect(await codesOfBytes(handMade({ before, rows: rowOf(1, ["&b;"]) }))).toEqual(["document_type_declared"]);
  expect(await codesOfBytes(handMade({ rows: rowOf(1, ["&b;"]) }))).toEqual(["damaged_workbook"]);
});

test("other files than workbooks are told apart, with the way out", async () => {
  const names = (list: readonly string[]) => zipOf(list.map((name) => ({ name, content: "<x/>" })));
  const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
  const encrypted = `${ole}....${[..."EncryptedPackage"].join("\0")}\0`;
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
  const book = handMade({ rows: serviceWith([], "") });
  expect(await codesOfBytes(bytes(ole))).toEqual(["old_or_encrypted_workbook"]);
  expect(await codesOfBytes(bytes(encrypted))).toEqual(["encrypted_workbook"]);
  expect(await codesOfBytes(utf8("\n<html><table><tr><td>service"))).toEqual(["not_a_list"]);
  expect(await codesOfBytes(utf8("service,vCPU,memory,region\n"))).toEqual(["not_a_workbook"]);
  expect(await codesOfBytes(new Uint8Array())).toEqual(["not_a_workbook"]);
  expect(await codesOfBytes(names(["photo.jpg"]))).toEqual(["not_a_workbook"]);
  expect(await codesOfBytes(names(["[Content_Types].xml", "_rels/.rels", "word/document.xml"]))).toEqual([
    "not_a_workbook",
  ]);
  expect(await codesOfBytes(names(["mimetype", "content.xml"]))).toEqual(["open_document"]);
  expect(await codesOfBytes(names(["[Content_Types].xml", "xl/workbook.bin"]))).toEqual(["binary_workbook"]);
  expect(await codesOfBytes(book.slice(0, book.length - 200))).toEqual(["damaged_workbook"]);
  expect(await codesOfBytes(book.map((byte, at) => (at > 900 && at < 960 ? 0 : byte)))).toEqual(["damaged_workbook"]);
  const encryption = { password: "secret", spinCount: 10 };
  const locked = await writeXlsx({ sheets: [{ name: "List", rows: [["service", "vCPU"]] }], encryption });
  expect(await codesOfBytes(new Uint8Array(locked))).toEqual(["encrypted_workbook"]);
  const [problem] = problemsOf(await readAll(bytes(ole), workbookFormat));
  expect(problem?.message).toContain("Save it as an Excel workbook (.xlsx)");
});

test("rows out of order are refused: a row would be read under another's number", async () => {
  const rows = rowOf(1, ["service", "vCPU", "memory", "region"]) + rowOf(3, ["a"]) + rowOf(2, ["b"]);
  expect(await codesOfBytes(handMade({ rows }))).toEqual(["damaged_workbook"]);
});
