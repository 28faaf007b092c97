import { setTimeout } from "node:timers/promises";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { posting } from "../routes/memory-app.ts";
import { type Running, startServer } from "./start-server.ts";

export interface ResultLine {
  readonly number: number;
  readonly key: string;
  readonly comparison: string;
  readonly totals: { readonly fargate: string };
}

export interface KilledBatch {
  readonly items: readonly ResultLine[];
  /** The last line. */
  readonly end: object;
  readonly answeredWhenKilled: number;
  readonly secondsAfterSent: number;
  /** From the new start's first answer to the last line. */
  readonly secondsAfterRestart: number;
  /** What the restarted server says of a request that is no part of a batch. */
  ask(request: object): Promise<ResultLine>;
  stop(): Promise<unknown>;
}

/** A few of the requests are asked for again and again, so that a test can have each of them answered singly. */
export const distinct = 40;

export function requestAt(number: number): object {
  const [service] = comparisonExample.services;
  const hours = 100 + (number % distinct);
  return { ...comparisonExample, services: [{ ...service, desiredCount: 1 }], options: ["fargate"], hours };
}

/** Sends a batch to a server, kills it with half of the items answered, starts it anew and reads the whole result. */
export async function killHalfWay(settings: Readonly<Record<string, string>>, count: number): Promise<KilledBatch> {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  const body = numbers.map((number) => JSON.stringify({ key: `item ${number}`, ...requestAt(number) })).join("\n");
  const first = await startServer(settings);
  const sending = performance.now();
  const sent = await fetch(`${first.url}/v1/batches`, posting(body, { ...jsonLines, Prefer: "respond-async" }));
  const path = sent.headers.get("Location") ?? "";
  const answeredWhenKilled = await answered(first.url + path, count / 2);
  const secondsAfterSent = (performance.now() - sending) / 1000;
  await first.stop("SIGKILL");

  const second = await startServer(settings);
  const restarted = performance.now();
  const result = await (await fetch(`${second.url}${path}/results`)).text();
  const lines = result
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return {
    items: lines.slice(0, -1),
    end: lines.at(-1),
    answeredWhenKilled,
    secondsAfterSent,
    secondsAfterRestart: (performance.now() - restarted) / 1000,
    ask: (request) => askSingly(second, request),
    stop: () => second.stop(),
  };
}

const jsonLines = { "Content-Type": "application/jsonl" };

/** How many items are answered once that many are. */
async function answered(url: string, wanted: number): Promise<number> {
  while (true) {
    const { succeeded, failed } = (await (await fetch(url)).json()) as { succeeded: number; failed: number };
    if (succeeded + failed >= wanted) return succeeded + failed;
    await setTimeout(50);
  }
}

async function askSingly(server: Running & { readonly url: string }, request: object): Promise<ResultLine> {
  const answered = await fetch(`${server.url}/v1/comparisons`, posting(request));
  const { id, options } = (await answered.json()) as { id: string; options: { id: string; total: string }[] };
  const fargate = options.find((option) => option.id === "fargate")?.total ?? "none";
  return { number: 0, key: "", comparison: id, totals: { fargate } };
}
