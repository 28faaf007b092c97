import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import autocannon from "autocannon";
import { comparisonExample } from "../../api/routes/comparison-example.ts";

const port = 8796;
const url = `http://127.0.0.1:${port}`;
const connections = 8;
const mebibyte = 1024 ** 2;

/**
 * A server on loopback under load for so many seconds, in five equal parts: every connection asks for a comparison of its own, which the
 * server makes and stores. Rates, latencies and the server's resident memory after each part.
 */
export async function benchLoad([secondsGiven = "60"]: readonly string[]): Promise<number> {
  const seconds = Number(secondsGiven);
  const directory = await mkdtemp(join(tmpdir(), "stowage-load-"));
  const environment = { ...process.env, PORT: String(port), STOWAGE_DATA: directory };
  const server = spawn(process.execPath, ["--liftoff-only", "api/server.ts"], { env: environment });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  try {
    for await (const line of createInterface(server.stdout)) if (line.startsWith("Ready at")) break;
    server.stdout.resume();
    await underLoad(5);
    console.log(`${connections} connections, ${seconds} s in five parts, after 5 s of warming up`);
    console.log("part   answers/s   p50 ms   p99 ms   refused   errors   memory MiB");
    const parts: Part[] = [];
    for (let number = 1; number <= 5; number += 1) {
      const part = await underLoad(seconds / 5);
      parts.push(part);
      console.log(rowOf(String(number), part));
    }
    const grown = (parts.at(-1)?.memory ?? 0) - (parts[0]?.memory ?? 0);
    console.log(`Memory after the last part less after the first: ${grown.toFixed(0)} MiB`);
    return parts.every(({ refused, errors }) => refused + errors === 0) ? 0 : 1;
  } finally {
    server.kill("SIGTERM");
    await ended;
    await rm(directory, { recursive: true });
  }
}

interface Part {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
  readonly errors: number;
  readonly memory: number;
}

let seed = 0;

async function underLoad(duration: number): Promise<Part> {
  const found = await autocannon({
    // Those still asked when a part ends would count as timed out, were its time over then too.
    ...{ url: `${url}/v1/comparisons`, connections, duration, method: "POST", timeout: duration + 60 },
    headers: { "content-type": "application/json" },
    requests: [
      {
        setupRequest: (request) => {
          seed += 1;
          return { ...request, body: JSON.stringify({ ...comparisonExample, seed }) };
        },
      },
    ],
  });
  const { requests, latency, non2xx, errors } = found;
  const memory = await residentMebibytes();
  return { rate: requests.average, p50: latency.p50, p99: latency.p99, refused: non2xx, errors, memory };
}

async function residentMebibytes(): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]) / mebibyte;
}

function rowOf(number: string, { rate, p50, p99, refused, errors, memory }: Part): string {
  const cells = [rate.toFixed(1), String(p50), String(p99), String(refused), String(errors), memory.toFixed(0)];
  const widths = [12, 9, 9, 10, 9, 13];
  return number.padEnd(4) + cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join("");
}
