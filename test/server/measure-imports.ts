import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { writeXlsx } from "hucre/xlsx";
import { workbookMediaType } from "../../api/routes/presentations.ts";
import { newDirectory, type Running, startServer } from "./start-server.ts";

/**
 * Lists of services sent to a server with a new data directory, clusters of a hundred each, on Fargate: how long they take and how much
 * memory. `npm run bench:imports -- 100000 20000`: rows of the CSV and of the workbook.
 */
const [csvRows = 100_000, workbookRows = 20_000] = process.argv.slice(2).map(Number);
const header = "service,cluster,tasks,vCPU,memory (MiB),region,options,owner,cost centre".split(",");
const sizes = [
  ["0.25", "512"],
  ["0.5", "1024"],
  ["1", "4096"],
] as const;

function rowAt(at: number): string[] {
  const [cpu, memory] = sizes[at % sizes.length] ?? sizes[0];
  const cluster = Math.floor(at / 100);
  return [
    ...[`service-${at}`, `cluster-${cluster}`, `${1 + (at % 4)}`, cpu, memory, "us-east-1", "fargate"],
    ...[`team-${at % 37}`, `${4000 + (at % 11)}`],
  ];
}

function rows(count: number): string[][] {
  return Array.from({ length: count }, (_, at) => rowAt(at));
}

async function workbookOf(count: number): Promise<Uint8Array<ArrayBuffer>> {
  const numeric = new Set([2, 3, 4]);
  const typed = rows(count).map((row) => row.map((cell, at) => (numeric.has(at) ? Number(cell) : cell)));
  return new Uint8Array(await writeXlsx({ sheets: [{ name: "Services", rows: [header, ...typed] }] }));
}

interface Figures {
  readonly takenInSeconds: number;
  readonly doneSeconds: number;
  readonly progress: readonly string[];
}

async function send(url: string, body: string | Uint8Array<ArrayBuffer>, mediaType: string): Promise<Figures> {
  const sending = performance.now();
  const seconds = () => (performance.now() - sending) / 1000;
  const headers = { "Content-Type": mediaType, Prefer: "respond-async" };
  const sent = await fetch(`${url}/v1/imports`, { method: "POST", headers, body });
  if (sent.status !== 202) throw new Error(`${sent.status}: ${await sent.text()}`);
  const takenInSeconds = seconds();
  const place = url + sent.headers.get("Location");
  const { clusters } = (await sent.json()) as { readonly clusters: number };
  const progress: string[] = [];
  while (true) {
    const far = await (await fetch(`${url}/v1/batches/${place.split("/").at(-1)}`)).json();
    const { succeeded, failed } = far as { succeeded: number; failed: number };
    if (succeeded + failed === clusters) break;
    if ((10 * succeeded) / clusters >= progress.length + 1)
      progress.push(`${succeeded} of ${clusters} after ${seconds().toFixed(0)} s`);
    await setTimeout(200);
  }
  const doneSeconds = seconds();
  for (const extension of ["json", "csv", "xlsx"]) {
    const asking = performance.now();
    const answer = await fetch(`${place}.${extension}`);
    const { length } = new Uint8Array(await answer.arrayBuffer());
    const took = ((performance.now() - asking) / 1000).toFixed(1);
    print(`  as ${extension}: ${answer.status}, ${(length / 2 ** 20).toFixed(1)} MiB in ${took} s`);
  }
  return { takenInSeconds, doneSeconds, progress };
}

/** Most that the process has had, in MiB (Linux). */
function peakMebibytes({ pid }: Running): number {
  const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kibibytes) / 1024;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function measure(title: string, body: string | Uint8Array<ArrayBuffer>, mediaType: string): Promise<void> {
  const directory = newDirectory();
  const server = await startServer({ STOWAGE_DATA: directory.path });
  // Making the directory takes more memory than what is measured here: 5 forgets the most there was (man proc_pid_clear_refs).
  writeFileSync(`/proc/${server.pid}/clear_refs`, "5");
  const before = peakMebibytes(server);
  print(`${title}, ${(body.length / 2 ** 20).toFixed(1)} MiB`);
  const { takenInSeconds, doneSeconds, progress } = await send(server.url, body, mediaType);
  print(`  taken in after ${takenInSeconds.toFixed(1)} s, calculated after ${doneSeconds.toFixed(1)} s`);
  print(`  ${progress.join(", ")}`);
  print(`  most memory: ${before.toFixed(0)} MiB before, ${peakMebibytes(server).toFixed(0)} MiB after`);
  await server.stop();
  directory.remove();
}

if (workbookRows > 0)
  await measure(`${workbookRows} rows as a workbook`, await workbookOf(workbookRows), workbookMediaType);
if (csvRows > 0)
  await measure(
    `${csvRows} rows as CSV`,
    [header, ...rows(csvRows)].map((row) => row.join(",")).join("\n"),
    "text/csv",
  );
