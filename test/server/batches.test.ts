import { expect, test } from "vitest";
import { posting } from "../routes/memory-app.ts";
import { requestAt } from "./kill-half-way.ts";
import { newDirectory, startServer } from "./start-server.ts";

test("a comparison is not kept waiting by a batch of 300, nor is a stop, and the next start finishes the batch", async () => {
  const directory = newDirectory();
  const settings = { STOWAGE_DATA: directory.path, STOWAGE_THREADS: "1" };
  const first = await startServer(settings);
  const body = Array.from({ length: 300 }, (_, at) => JSON.stringify(requestAt(at + 1))).join("\n");
  const sent = await fetch(`${first.url}/v1/batches`, posting(body, { "Content-Type": "application/jsonl" }));
  const reading = sent.text();
  const single = await fetch(`${first.url}/v1/comparisons`, posting(requestAt(7)));
  expect(single.status).toBe(200);
  const stopping = performance.now();
  expect(await first.stop()).toBe(0);
  const stopped = performance.now() - stopping;
  const cut = (await reading)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

  const second = await startServer(settings);
  const result = await fetch(`${second.url}${cut[0].resume}`);
  const lines = (await result.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  await second.stop();
  directory.remove();
  expect(cut.at(-1)).not.toHaveProperty("done");
  expect(cut.length).toBeLessThan(301);
  expect(lines.at(-1)).toMatchObject({ done: true, succeeded: 300, failed: 0 });
  expect(new Set(lines.slice(0, -1).map(({ number }) => number)).size).toBe(300);
  expect(lines).toHaveLength(301);
  expect(stopped).toBeLessThan(9000);
  expect(first.errors() + second.errors()).toBe("");
}, 240_000);
