/**
 * Time and memory of reading a list of services, above that of the idle process. By hand:
 *
 *     npm run --silent bench:lists -- csv 100000
 *     npm run --silent bench:lists -- xlsx 20000
 *
 * Prints `{kind, rows, megabytes, seconds, idleMiB, peakMiB, aboveIdleMiB}`. The list is made in a process of its own.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { writeXlsx } from "hucre/xlsx";
import { columnNames } from "../../api/importing/columns.ts";
import { readList } from "../../api/importing/read-list.ts";
import { csvFormat, workbookFormat } from "./lists.ts";

const [kind = "csv", count = "100000", path] = process.argv.slice(2);
if (path === undefined) await makeAndMeasure();
else await measure(path);

async function makeAndMeasure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "stowage-list-"));
  const file = join(folder, `list.${kind}`);
  try {
    const rows = Array.from({ length: Number(count) }, (_, at) => serviceAt(at));
    const text = () => [columnNames, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\r\n");
    const book = () => writeXlsx({ sheets: [{ name: "Services", rows: [[...columnNames], ...rows] }] });
    writeFileSync(file, kind === "csv" ? text() : await book());
    const execArgv = ["--max-semi-space-size=4", "--heap-growing-percent=15"];
    const reader = fork(new URL(import.meta.url), [kind, count, file], { execArgv });
    const [measured] = (await Promise.race([once(reader, "message"), once(reader, "exit")])) as [unknown];
    process.stdout.write(`${JSON.stringify(measured)}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of all columns, in their order. */
function serviceAt(at: number): (string | number)[] {
  const size = [(at % 8) + 2, 2, 10, "Shop days", 0.25, `${(at % 4) + 1} GB`];
  const place = [at % 2 === 0 ? "arm64" : "x86_64", "linux", "eu-central-1", 160.5];
  return [
    `service ${at}`,
    `cluster ${at % 500}`,
    ...size,
    ...place,
    "fargate, ec2",
    `team ${at % 90}`,
    at % 1000,
    "no",
  ];
}

async function measure(file: string): Promise<void> {
  const rss = () => process.memoryUsage.rss() / 2 ** 20;
  const idleMiB = rss();
  let peakMiB = idleMiB;
  const watching = setInterval(() => {
    peakMiB = Math.max(peakMiB, rss());
  }, 20);
  const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  const startMs = performance.now();
  let rows = 0;
  for await (const row of readList(body, kind === "csv" ? csvFormat : workbookFormat)) {
    if (!row.ok) throw new Error(row.problems[0]?.message);
    rows += 1;
  }
  const seconds = (performance.now() - startMs) / 1000;
  clearInterval(watching);
  peakMiB = Math.max(peakMiB, process.resourceUsage().maxRSS / 1024);
  const round = (value: number) => Math.round(value * 10) / 10;
  const figures = { kind, rows, megabytes: round(statSync(file).size / 1e6), seconds: round(seconds) };
  process.send?.({
    ...figures,
    idleMiB: round(idleMiB),
    peakMiB: round(peakMiB),
    aboveIdleMiB: round(peakMiB - idleMiB),
  });
  process.disconnect?.();
}
