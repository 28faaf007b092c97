import { expect, test } from "vitest";
import { BodyIncomplete, BodyTooLarge } from "../../api/batching/body-lines.ts";
import { readList } from "../../api/importing/read-list.ts";
import type { RowRead } from "../../api/importing/service-row.ts";
import { bodyOf, codes, codesOf, csvFormat, good, problemsOf, readAll, servicesOf, utf8 } from "./lists.ts";

const header = "service,vCPU,memory,region";
const list = `${header}\nweb,0.5,1 GB,us-east-1\nwörker €,1,2 GB,eu-central-1\n`;

test("a row that says only what it needs to has the rest filled in", async () => {
  expect(await servicesOf(list)).toEqual([
    {
      ...{ row: 2, service: "web", cluster: "default", region: "us-east-1", tasks: 1, tasksMin: null, tasksMax: null },
      ...{ loadProfile: null, cpuUnits: 512, memoryMiB: 1024, architecture: "X86_64", operatingSystem: "LINUX" },
      ...{ hours: null, options: [], owner: null, costCentre: null, interruptible: false },
    },
    expect.objectContaining({ row: 3, service: "wörker €", cpuUnits: 1024, memoryMiB: 2048, region: "eu-central-1" }),
  ]);
});

function utf16(text: string, isBigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(text, "utf16le");
  return new Uint8Array(isBigEndian ? bytes.swap16() : bytes);
}

/** As windows-1252 has them. */
function windows1252(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll("€", "\x80"), "latin1"));
}

test("the byte order mark says the encoding, whatever is declared; without one what is declared holds", async () => {
  const expected = await servicesOf(list);
  const marked = [utf8(`\uFEFF${list}`), utf16(`\uFEFF${list}`, false), utf16(`\uFEFF${list}`, true)];
  for (const bytes of marked) {
    expect(good(await readAll(bytes, csvFormat))).toEqual(expected);
    expect(good(await readAll(bytes, { ...csvFormat, encoding: "windows-1252" }))).toEqual(expected);
  }
  const declared = { "windows-1252": windows1252(list), "utf-16le": utf16(list, false), "UTF-16BE": utf16(list, true) };
  for (const [encoding, bytes] of Object.entries(declared)) {
    expect(good(await readAll(bytes, { ...csvFormat, encoding })), encoding).toEqual(expected);
  }
});

test("bytes that are no UTF-8 are told by their cell, with the way out; the other cells are read", async () => {
  const rows = await readAll(windows1252(list), csvFormat);
  expect(codes(rows)).toEqual(["A3 wrong_encoding"]);
  expect(problemsOf(rows)[0]?.message).toContain("?encoding=windows-1252");
  expect(rows[0]?.ok).toBe(true);
});

test("UTF-16 without a mark, encodings nobody knows and other kinds of files are told as such", async () => {
  expect(codes(await readAll(utf16(list, false), csvFormat))).toEqual(["unmarked_utf16"]);
  expect(await codesOf(list, { encoding: "utf-7" })).toEqual(["unknown_encoding"]);
  expect(await codesOf(list, { locale: "xx" })).toEqual(["unknown_locale"]);
  expect(await codesOf(list, { locale: "no such thing" })).toEqual(["unknown_locale"]);
  expect(await codesOf("PK\x03\x04....")).toEqual(["not_a_csv"]);
  expect(await codesOf("<!DOCTYPE html><table>")).toEqual(["not_a_list"]);
  expect(await codesOf("%PDF-1.7")).toEqual(["not_a_list"]);
  expect(await codesOf("")).toEqual(["no_header"]);
  expect(await codesOf("1,2,3\n4,5,6\n")).toEqual(["no_header"]);
});

test("commas, semicolons, tabs and bars delimit, as the header shows; sep= of Excel is no row", async () => {
  const expected = await servicesOf(list);
  for (const delimiter of [",", ";", "\t", "|"]) {
    expect(await servicesOf(list.replaceAll(",", delimiter)), delimiter).toEqual(expected);
    expect(await servicesOf(`sep=${delimiter}\r\n${list.replaceAll(",", delimiter)}`), delimiter).toEqual(expected);
  }
  const quoted = list.replaceAll(",", ";").replace("memory", '"memory, of a task"');
  expect(await codesOf(quoted)).toEqual(["1:1 missing_column"]);
});

test("lines may end in any way, also each in its own, and the last may not end", async () => {
  expect(
    await servicesOf("service,vCPU,memory,region\r\na,1,2,us-east-1\rb,1,2,us-east-1\n\n,,,\nc,1,2,us-east-1"),
  ).toMatchObject([
    { service: "a", row: 2 },
    { service: "b", row: 3 },
    { service: "c", row: 6 },
  ]);
});

test("titles may stand above the header, up to ten rows of them", async () => {
  const titles = (count: number) => "Services of 2026,,as told\n".repeat(count);
  expect(await servicesOf(titles(10) + list)).toMatchObject([{ row: 12 }, { row: 13 }]);
  expect(await codesOf(titles(11) + list)).toEqual(["no_header"]);
});

test("cells may be quoted, with delimiters, quotes and line breaks in them", async () => {
  const [service] = await servicesOf(`${header},owner\n"a, ""b""",1,"2 GB",us-east-1,x\n`);
  expect(service?.service).toBe('a, "b"');
  expect(await codesOf(`${header}\n"a\nb",1,2 GB,us-east-1\nc,1,x,us-east-1`)).toEqual([
    "A2 control_characters",
    "C3 not_a_number",
  ]);
});

test("a quote that stays open, or stands where none belongs, is told with its row, after all rows before it", async () => {
  const bad = `${header}\nweb,0,1 GB,us-east-1\n`;
  expect(await codesOf(`${bad}"a,1,2 GB,us-east-1\nb,1,2 GB,us-east-1`)).toEqual([
    "B2 out_of_range",
    "3:3 quote_not_closed",
  ]);
  expect(await codesOf(`${bad}a "b",1,2 GB,us-east-1\n`)).toEqual(["B2 out_of_range", "3:3 misplaced_quote"]);
  expect(await codesOf(`${bad}"a"b,1,2 GB,us-east-1\n`)).toEqual(["B2 out_of_range", "3:3 misplaced_quote"]);
  expect(await codesOf(`${bad}"${"a,1,2 GB,us-east-1\n".repeat(100_000)}`)).toEqual([
    "B2 out_of_range",
    "3:3 row_too_long",
  ]);
});

test("short rows end in empty cells; cells beyond the header are a problem, as empty ones are not", async () => {
  expect(await servicesOf(`${header},owner,tasks\na,1,2 GB,us-east-1\nb,1,2 GB,us-east-1,,,,\n`)).toHaveLength(2);
  expect(await codesOf(`${header}\nShop, old,1,2 GB,us-east-1\n`)).toEqual([
    ...["B2 not_a_number", "D2 unknown_region", "E2 too_many_cells"],
  ]);
});

test("text of any length and NULs in it are told, not cut", async () => {
  expect(await codesOf(`${header}\n${"a".repeat(256)},1,2 GB,us-east-1\na\0b,1,2 GB,us-east-1\n`)).toEqual([
    "A2 text_too_long",
    "A3 control_characters",
  ]);
  expect((await servicesOf(`${header}\n${"a".repeat(255)},1,2 GB,us-east-1\n`))[0]?.service).toHaveLength(255);
});

test("letters of more than one unit survive wherever the body is cut", async () => {
  const text = `${header}\n${"🚢".repeat(100)},1,2 GB,us-east-1\n`.repeat(1);
  for (const pieceBytes of [1, 2, 3, 5, 7]) {
    const rows: RowRead[] = [];
    for await (const row of readList(bodyOf(utf8(text), pieceBytes), csvFormat)) rows.push(row);
    expect(good(rows)[0]?.service).toBe("🚢".repeat(100));
  }
  const long = `${header}\n${`${"🚢".repeat(20)},1,2 GB,us-east-1\n`.repeat(5000)}`;
  expect(new Set((await servicesOf(long)).map(({ service }) => service))).toEqual(new Set(["🚢".repeat(20)]));
});

test("20,000 rows are read one by one, and the 200,001st is one too many", async () => {
  const row = "web,1,2 GB,us-east-1\n";
  expect(await servicesOf(`${header}\n${row.repeat(20_000)}`)).toHaveLength(20_000);
  expect(await codesOf(header + "\n".repeat(2_000_000))).toEqual(["400001:400001 too_many_rows"]);
  const rows = await readAll(utf8(`${header}\n${row.repeat(200_001)}`), csvFormat);
  expect(rows).toHaveLength(200_001);
  expect(codes(rows)).toEqual(["200002:200002 too_many_rows"]);
});

test("a body of more than 100 MiB, and one that breaks off, are their senders' errors", async () => {
  const piece = utf8(`web,1,2 GB,${" ".repeat(100_000)}us-east-1\n`.repeat(10));
  let pieces = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(pieces++ === 0 ? utf8(`${header}\n`) : piece),
  });
  await expect(drain(endless)).rejects.toThrow(BodyTooLarge);
  let pulls = 0;
  const broken = new ReadableStream<Uint8Array>({
    pull: (controller) => (pulls++ === 0 ? controller.enqueue(utf8(list)) : controller.error(new Error("reset"))),
  });
  await expect(drain(broken)).rejects.toThrow(BodyIncomplete);
});

async function drain(body: ReadableStream<Uint8Array>): Promise<void> {
  for await (const row of readList(body, csvFormat)) expect(row.ok).toBe(true);
}

test("whoever stops reading stops the body", async () => {
  let isCancelled = false;
  const piece = utf8("web,1,2 GB,us-east-1\n".repeat(1000));
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(pulls++ === 0 ? utf8(`${header}\n`) : piece),
    cancel: () => {
      isCancelled = true;
    },
  });
  for await (const row of readList(body, csvFormat)) {
    expect(row.ok).toBe(true);
    break;
  }
  expect(isCancelled).toBe(true);
});
