import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { type CellValue, writeXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { type ColumnName, columnNames } from "../../api/importing/columns.ts";
import type { ServiceRow } from "../../api/importing/service-row.ts";
import { csvFormat, good, readAll, utf8, workbookFormat } from "./lists.ts";

const { regions, options, loadProfiles } = csvFormat.vocabulary;

/** On one line, not empty, no formula, no sign for nothing. */
const text = (unit: "grapheme" | fc.Arbitrary<string>) =>
  fc
    .string({ minLength: 1, maxLength: 30, unit })
    .map((written) => written.replace(/[\p{Cc}\p{Cs}\u2028\u2029\uFFFD\uFEFF]/gu, "").trim())
    .filter((written) => written.length > 0 && !/^(=.*|-+|–|—|n\/a|null)$/i.test(written));

const latin = text(fc.constantFrom(..."abcÄöß€é ,;|\"'0123456789.-_/()"));

function services(name: fc.Arbitrary<string>): fc.Arbitrary<ServiceRow[]> {
  const service = fc
    .record({
      ...{ service: name, cluster: name, region: fc.constantFrom(...regions) },
      ...{ min: fc.nat(2000), more: fc.nat(2000), range: fc.nat(2000), hasMin: fc.boolean(), hasMax: fc.boolean() },
      loadProfile: fc.option(fc.constantFrom(...loadProfiles)),
      ...{ cpuUnits: fc.integer({ min: 1, max: 196_608 }), memoryMiB: fc.integer({ min: 1, max: 2_000_000 }) },
      architecture: fc.constantFrom("X86_64" as const, "ARM64" as const),
      operatingSystem: fc.constantFrom("LINUX", "WINDOWS_SERVER_2019_FULL"),
      hours: fc.option(fc.integer({ min: 1, max: 878_400 }).map((hundredths) => String(hundredths / 100))),
      options: fc.subarray([...options]),
      ...{ owner: fc.option(name), costCentre: fc.option(name), interruptible: fc.boolean() },
    })
    .map(({ min, more, range, hasMin, hasMax, ...said }) => ({
      ...said,
      ...{ tasks: min + more, tasksMin: hasMin ? min : null, tasksMax: hasMax ? min + more + range : null },
    }));
  return fc
    .array(service, { minLength: 1, maxLength: 8 })
    .map((all) => all.map((one, at) => ({ row: at + 2, ...one })));
}

/** `locale` writes numbers with all that it has for them. */
function cellsOf(row: ServiceRow, number: (value: number) => CellValue): Record<ColumnName, CellValue> {
  const given = (value: number | null) => (value === null ? null : number(value));
  return {
    ...{ service: row.service, cluster: row.cluster, region: row.region, OS: row.operatingSystem },
    ...{ tasks: number(row.tasks), "min tasks": given(row.tasksMin), "max tasks": given(row.tasksMax) },
    ...{ "load profile": row.loadProfile, architecture: row.architecture.toLowerCase(), owner: row.owner },
    ...{ vCPU: `${row.cpuUnits} units`, memory: `${number(row.memoryMiB)} MiB`, "cost centre": row.costCentre },
    hours: row.hours === null ? "24/7" : number(Number(row.hours)),
    ...{ options: row.options.join(", "), interruptible: row.interruptible ? "Yes" : "no" },
  };
}

const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "utf-8": utf8,
  "utf-16le": (written) => new Uint8Array(Buffer.from(written, "utf16le")),
  "utf-16be": (written) => new Uint8Array(Buffer.from(written, "utf16le").swap16()),
  "windows-1252": (written) => new Uint8Array(Buffer.from(written.replaceAll("€", "\x80"), "latin1")),
};

test("services written as CSV in any delimiter, encoding, line end and locale are read back as they were", async () => {
  const style = fc.record({
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    encoding: fc.constantFrom(...Object.keys(encodings)),
    lineEnd: fc.constantFrom("\r\n", "\n", "\r"),
    locale: fc.constantFrom("en", "de", "de-CH", "fr", "en-IN", "pl"),
    isQuoted: fc.boolean(),
    headers: fc.shuffledSubarray([...columnNames], { minLength: columnNames.length }),
  });
  await fc.assert(
    fc.asyncProperty(
      services(latin),
      style,
      async (rows, { delimiter, encoding, lineEnd, locale, isQuoted, headers }) => {
        const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
        const cells = rows.map((row) => cellsOf(row, (value) => number.format(value)));
        const records = [headers, ...cells.map((row) => headers.map((header) => row[header]))];
        // Told from the header, which an unquoted blank or bar in a name does not change.
        const written = stringify(records, {
          delimiter,
          record_delimiter: lineEnd,
          quoted: isQuoted,
          quoted_string: true,
          cast: { string: (said) => (/^'*[=+\-@]/.test(said) ? `'${said}` : said) },
        });
        const bytes = encodings[encoding]?.(encoding === "windows-1252" ? latinOf(written) : written) ?? utf8("");
        expect(good(await readAll(bytes, { ...csvFormat, locale, encoding }))).toEqual(rows);
      },
    ),
    { numRuns: 150 },
  );
});

/** The blanks that French and Polish group numbers with. */
function latinOf(written: string): string {
  return written.replace(/\u202F/g, "\u00A0").replace(/’/g, "'");
}

test("services written as a workbook are read back as they were, whatever their names are written in", async () => {
  await fc.assert(
    fc.asyncProperty(services(text("grapheme")), async (rows) => {
      const cells = rows.map((row) => Object.values(cellsOf(row, (value) => value)));
      const headers = Object.keys(cellsOf(rows[0] as ServiceRow, (value) => value));
      const bytes = await writeXlsx({ sheets: [{ name: "List", rows: [headers, ...cells] }] });
      expect(good(await readAll(new Uint8Array(bytes), workbookFormat))).toEqual(rows);
    }),
    { numRuns: 100 },
  );
});
