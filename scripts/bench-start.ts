import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { comparisonExample } from "../api/routes/comparison-example.ts";

/** Seconds from the start of the server's process to the end of its first answer: on a new data directory, and on a seeded one. */
const directory = await mkdtemp(join(tmpdir(), "stowage-bench-"));
try {
  for (const state of ["new data directory", "seeded", "seeded", "seeded"]) {
    console.log(`${state}: ${((await firstAnswer()) / 1000).toFixed(2)} s`);
  }
} finally {
  await rm(directory, { recursive: true });
}

async function firstAnswer(): Promise<number> {
  const started = performance.now();
  const environment = { ...process.env, PORT: "8797", STOWAGE_DATA: directory };
  const server = spawn(process.execPath, ["--liftoff-only", "api/server.ts"], { env: environment });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  for await (const line of createInterface(server.stdout)) if (line.startsWith("Ready at")) break;
  const response = await fetch("http://127.0.0.1:8797/v1/comparisons", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(comparisonExample),
  });
  await response.arrayBuffer();
  const milliseconds = performance.now() - started;
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  server.kill("SIGTERM");
  await ended;
  return milliseconds;
}
