import { afterAll, beforeAll, expect, test } from "vitest";
import { type Workshop, workOff } from "../../api/batching/work-off.ts";
import { calculateOver } from "../../api/calculating/calculate.ts";
import { readAnswers } from "../../db/batches.ts";
import { findComparison, hasOwnPrices } from "../../db/comparisons.ts";
import { batchItem, comparison, workloadComparison } from "../../db/kept-schema.ts";
import { documentIn, exampleWith, type MemoryApp, openMemoryApp, posting } from "./memory-app.ts";
import { canary, secretRequest } from "./secret-request.ts";

let app: MemoryApp;
let workshop: Workshop;
beforeAll(async () => {
  app = await openMemoryApp();
  workshop = { database: app.database, calculate: calculateOver(app.database), log: () => undefined };
}, 60_000);
afterAll(() => app.close());

/** Fargate for so many tasks. */
const tasks = (count: number) => exampleWith({ service: { desiredCount: count }, request: { options: ["fargate"] } });

async function save(name: string, request: unknown): Promise<void> {
  const response = await app.ask(`/v1/workloads/${name}`, { ...posting(request), method: "PUT" });
  expect([200, 201]).toContain(response.status);
}

/** The id of a batch that nobody works on. */
async function send(items: readonly object[]): Promise<string> {
  const lines = items.map((item) => JSON.stringify(item)).join("\n");
  const headers = { "Content-Type": "application/jsonl", Prefer: "respond-async" };
  const response = await app.ask("/v1/batches", posting(lines, headers));
  return ((await response.json()) as { readonly batch: string }).batch;
}

interface Line {
  readonly key: string;
  readonly comparison?: string;
  readonly problems?: readonly { readonly code: string; readonly path: string }[];
}

async function workedOff(batch: string): Promise<readonly Line[]> {
  await workOff({ batch, from: 1, to: 10 }, workshop);
  return await linesOf(batch);
}

async function linesOf(batch: string): Promise<readonly Line[]> {
  const numbers = Array.from({ length: 10 }, (_, at) => at + 1);
  return (await readAnswers(app.database, batch, numbers)).map((line) => JSON.parse(line));
}

const alone = async (request: object) => (await documentIn(await app.compare(request))).id;

test("an item is a version of a workload with its other fields laid over; the latest is that of when the batch was sent", async () => {
  await save("web", { ...tasks(1), rateCard: { discounts: [{ sku: "fargate/*", percent: "10" }] } });
  await save("web", tasks(2));
  const batch = await send([
    { key: "latest", workload: "web" },
    { key: "first, a year, list prices", workload: "web", version: 1, hours: 8760, rateCard: null },
  ]);
  await save("web", tasks(3));
  const open = await app.database.select().from(batchItem);
  expect(open.map(({ request, workloadVersion }) => [request, workloadVersion])).toEqual([
    ["{}", 2],
    ['{"rateCard":null,"hours":8760}', 1],
  ]);

  expect((await workedOff(batch)).map(({ key, comparison: id }) => [key, id])).toEqual([
    ["latest", await alone(tasks(2))],
    ["first, a year, list prices", await alone({ ...tasks(1), hours: 8760 })],
  ]);
});

test("what comes of it is the workload's own, with what a link must know of its prices; of a plain item it is nobody's", async () => {
  await save("shop", tasks(4));
  const rateCard = { discounts: [{ sku: "fargate/*", percent: "50" }] };
  const [own, plain] = await workedOff(await send([{ workload: "shop", rateCard }, tasks(5)]));
  const kept = await app.database.select().from(comparison);
  const direct = (line: Line | undefined) => kept.find(({ id }) => id === line?.comparison)?.isDirect;

  expect([direct(own), direct(plain)]).toEqual([false, true]);
  expect(await hasOwnPrices(app.database, own?.comparison ?? "")).toBe(true);
  expect(await hasOwnPrices(app.database, plain?.comparison ?? "")).toBe(false);
  const links = await app.database.select().from(workloadComparison);
  expect(links.filter(({ workload }) => workload === "shop")).toEqual([
    { workload: "shop", comparison: own?.comparison },
  ]);
});

test("erased, a workload leaves neither its comparisons nor its items behind, and the batch has an end all the same", async () => {
  await save("gone", tasks(6));
  const batch = await send([{ workload: "gone" }, { workload: "gone", hours: 1 }, tasks(7)]);
  await workOff({ batch, from: 1, to: 1 }, workshop);
  const [done] = await linesOf(batch);
  await app.ask("/v1/workloads/gone?purge=true", { method: "DELETE" });

  expect(await findComparison(app.database, done?.comparison ?? "")).toBeNull();
  expect((await readAnswers(app.database, batch, [2]))[0]).toMatch(/^\{"number":2,"key":"2","problems":\[\{"code":/);
  const codes = (await workedOff(batch)).map(({ problems }) => problems?.map(({ code }) => code));
  expect(codes).toEqual([["workload_erased"], ["workload_erased"], undefined]);
  expect(await (await app.ask(`/v1/batches/${batch}`)).json()).toMatchObject({ done: true, succeeded: 1, failed: 2 });
});

test("deleted before its turn, a workload is an item's problem", async () => {
  await save("late", tasks(8));
  const batch = await send([{ workload: "late" }]);
  await app.ask("/v1/workloads/late", { method: "DELETE" });

  expect((await workedOff(batch))[0]?.problems).toMatchObject([{ code: "workload_unknown", path: "workload" }]);
});

test.each([
  [{ workload: "nobody" }, "workload_unknown", "workload"],
  [{ workload: "web", version: 99 }, "workload_unknown", "workload"],
  [{ workload: 7 }, "wrong_type", "workload"],
  [{ workload: "web", version: "1" }, "wrong_type", "version"],
  [{ workload: "web", version: 3_000_000_000 }, "wrong_type", "version"],
  [{ workload: "web", services: [] }, "unknown_field", "services"],
  [{ workload: "web", hours: "many" }, "not_a_number", "hours"],
  [{ workload: "web", rateCard: "none" }, "rate_card_unknown", "rateCard"],
])("%j is refused at once: %s", async (item, code, path) => {
  const [line] = await linesOf(await send([item]));

  expect(line?.problems).toMatchObject([{ code, path }]);
});

test("no secret of what is laid over a workload is kept", async () => {
  await save("secret", secretRequest);
  const batch = await send([
    { workload: "secret", hours: 1, usage: { cluster: { natGB: `${canary} AKIA` } } },
    { workload: "secret", hours: 2 },
  ]);
  await workedOff(batch);

  expect(await app.everythingStored()).not.toContain(canary);
});
