import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepareServer } from "../../db/prepare-server.ts";
import { createDatabase, serverUrl } from "../db/engines.ts";
import { exampleWith, posting } from "../routes/memory-app.ts";
import { type Bundle, bundleWorker } from "./bundle.ts";
import { type RunningWorker, startWorker } from "./workerd.ts";

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundleWorker();
}, 60_000);

test("the Worker's bundle leaves out pg-boss, as Cloudflare keeps its jobs", () => {
  expect(bundle.inputs).toContain("api/batching/cloudflare-queue.ts");
  expect(bundle.inputs.filter((file) => /pg-boss|job-store|postgres-queue/.test(file))).toEqual([]);
});

describe.each(serverUrl === null ? [] : [serverUrl])("batches of the Worker on a Postgres server", () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let worker: RunningWorker;
  beforeAll(async () => {
    own = await createDatabase();
    await prepareServer(own.url);
    worker = await startWorker(own.url, { STOWAGE_LOCAL_DEVELOPMENT: "yes" }, bundle);
  }, 120_000);
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await own.drop();
  });

  const jsonLines = { "Content-Type": "application/jsonl" };
  const requestAt = (number: number) => exampleWith({ request: { options: ["fargate"], hours: 100 + number } });
  const bodyOf = (count: number) =>
    Array.from({ length: count }, (_, at) => JSON.stringify({ key: `item ${at + 1}`, ...requestAt(at + 1) })).join(
      "\n",
    );

  test("go through the queue and stream back: 300 items and a bad one, each once, with the comparison it has alone", async () => {
    const response = await worker.ask("/v1/batches", posting(`${bodyOf(300)}\nno`, jsonLines));
    const lines = (await response.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const alone = await worker.ask("/v1/comparisons", posting(requestAt(150)));
    const items = lines.slice(1, -1).toSorted((a, b) => a.number - b.number);

    expect(lines[0]).toMatchObject({ items: 301 });
    expect(lines.at(-1)).toMatchObject({ done: true, succeeded: 300, failed: 1 });
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 301 }, (_, at) => at + 1));
    expect(items[149]).toMatchObject({ key: "item 150", comparison: ((await alone.json()) as { id: string }).id });
    expect(items[300].problems).toMatchObject([{ code: "not_json" }]);
  }, 120_000);

  test("go on when whoever sent them hangs up; a job that is delivered again changes nothing", async () => {
    const hangingUp = new AbortController();
    const response = await worker.ask("/v1/batches", { ...posting(bodyOf(40), jsonLines), signal: hangingUp.signal });
    const { value } = (await response.body?.getReader().read()) ?? {};
    const { batch, resume } = JSON.parse(new TextDecoder().decode(value).split("\n")[0] ?? "");
    hangingUp.abort();
    const counts = async () => (await (await worker.ask(`/v1/batches/${batch}`)).json()) as { done: boolean };
    while (!(await counts()).done) await setTimeout(100);
    const result = await (await worker.ask(resume)).text();

    const producer = await worker.workerd.getQueueProducer("BATCHES");
    await producer.send({ batch, from: 1, to: 40 });
    await setTimeout(1000);
    expect(result.match(/"comparison"/g)).toHaveLength(40);
    expect(await counts()).toMatchObject({ done: true, succeeded: 40, failed: 0 });
    expect(await (await worker.ask(resume)).text()).toBe(result);
  }, 120_000);
});
