import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, batchItem, rateCard } from "../../db/kept-schema.ts";
import { documentIn, exampleWith, posting, problemsIn } from "./memory-app.ts";
import { openQueuedApp, type QueuedApp } from "./queued-app.ts";
import { canary, secretRequest } from "./secret-request.ts";

let opened: QueuedApp["opened"];
let queue: QueuedApp["queue"];
let app: QueuedApp["app"];
let idle: QueuedApp["idle"];
let close: QueuedApp["close"];
beforeAll(async () => {
  ({ opened, queue, app, idle, close } = await openQueuedApp());
}, 60_000);
afterAll(() => close());

const jsonLines = { "Content-Type": "application/jsonl" };
const fargate = exampleWith({ request: { options: ["fargate"] } });

function post(lines: readonly unknown[], headers: Record<string, string> = {}, to = app): Promise<Response> {
  const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  return to.ask("/v1/batches", posting(texts.join("\n"), { ...jsonLines, ...headers }));
}

interface Line {
  readonly number: number;
  readonly key: string;
  readonly problems: readonly { readonly code: string; readonly path: string; readonly message: string }[];
}

async function linesIn(response: Response): Promise<{ first: object; items: Line[]; last: object }> {
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("application/jsonl");
  const text = await response.text();
  expect(text).toMatch(/\}\n$/);
  const [first, ...rest] = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const items = rest.slice(0, -1).toSorted((a, b) => a.number - b.number);
  return { first, items, last: rest.at(-1) };
}

/** The id of a batch that is kept and not waited for. */
async function kept(lines: readonly unknown[], to = app): Promise<string> {
  const response = await post(lines, { Prefer: "respond-async" }, to);
  expect(response.status).toBe(202);
  const { batch: id } = (await response.json()) as { batch: string };
  expect(response.headers.get("Location")).toBe(`/v1/batches/${id}`);
  return id;
}

describe("a batch", () => {
  test("has a line for each request, with the comparison that it has alone, and can be had again", async () => {
    const web = exampleWith({ service: { desiredCount: 3 }, request: { options: ["fargate", "fargate-spot"] } });
    const { first, items, last } = await linesIn(await post([{ ...web, key: "web" }, fargate]));
    const [alone, second] = [await documentIn(await app.compare(web)), await documentIn(await app.compare(fargate))];
    const totals = Object.fromEntries(alone.options.map(({ id, total }) => [id, total]));

    expect(first).toEqual({ batch: expect.stringMatching(/^[0-9a-f]{32}$/), items: 2, resume: expect.any(String) });
    expect(items).toEqual([
      { number: 1, key: "web", comparison: alone.id, cheapest: "fargate-spot", recommended: "fargate", totals },
      expect.objectContaining({ number: 2, key: "2", comparison: second.id }),
    ]);
    expect(totals).toMatchObject({ fargate: expect.stringMatching(/^\d+\.\d\d$/) });
    const { batch: id, resume } = first as { batch: string; resume: string };
    expect(last).toEqual({ batch: id, done: true, succeeded: 2, failed: 0 });
    const again = (await (await app.ask(resume)).text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(again.slice(0, -1).toSorted((a, b) => a.number - b.number)).toEqual(items);
    expect(again.at(-1)).toEqual(last);
  });

  test("is not refused for what is wrong with a line, which has its problems for a result", async () => {
    const strange = { ...fargate, region: "mars-1" };
    const lines = ["", '{"region":', { ...strange, key: "mars" }, { ...fargate, key: 7 }, "[]", fargate, "\r"];
    const { first, items, last } = await linesIn(await post(lines));

    expect(first).toMatchObject({ items: 5 });
    expect(items.map(({ number, key, problems = [] }) => [number, key, problems.map(({ code }) => code)])).toEqual([
      [2, "2", ["not_json"]],
      [3, "mars", [expect.any(String)]],
      [4, "4", ["not_a_key"]],
      [5, "5", [expect.any(String)]],
      [6, "6", []],
    ]);
    expect(items[0]?.problems[0]?.message).toMatch(/^Line 2, column 11: /);
    expect(last).toMatchObject({ done: true, succeeded: 1, failed: 4 });
  });

  test("may have a line of 5 MiB; one over it, and one that is not UTF-8, are items with problems", async () => {
    const long = JSON.stringify({ ...fargate, note: "x".repeat(5 * 1024 * 1024) });
    const bytes = Buffer.concat([Buffer.from(`${long}\n"`), Buffer.from([0xff]), Buffer.from('"\n')]);
    const { items } = await linesIn(await app.ask("/v1/batches", posting(new Uint8Array(bytes), jsonLines)));

    expect(items.map(({ problems }) => problems[0]?.code)).toEqual(["line_too_long", "not_utf8"]);
  });

  test("takes a stored rate card as it is when the batch is sent", async () => {
    const body = JSON.stringify({ discounts: [{ sku: "fargate/*", percent: "50" }] });
    await opened.database.insert(rateCard).values({ name: "half", body });
    const priced = { ...fargate, rateCard: "half" };
    const half = await documentIn(await app.compare(priced));
    const id = await kept([priced, { ...fargate, rateCard: "none" }], idle);
    await opened.database.delete(rateCard);
    await queue.enqueue([{ batch: id, from: 1, to: 2 }]);

    const text = await (await app.ask(`/v1/batches/${id}/results`)).text();
    expect(text).toContain(`"comparison":"${half.id}"`);
    expect(text).toContain("rate_card_unknown");
  });

  test("says how far it is, gives what is done, and is gone with all that waits once deleted", async () => {
    const id = await kept([fargate, "no"], idle);
    const state = await (await app.ask(`/v1/batches/${id}`)).json();
    expect(state).toEqual({
      ...{ batch: id, items: 2, done: false, succeeded: 0, failed: 1, results: `/v1/batches/${id}/results` },
    });
    const done = await (await app.ask(`/v1/batches/${id}/results?wait=false`)).text();
    expect(done.split("\n").map((line) => line.slice(0, 12))).toEqual([
      '{"number":2,',
      `{"batch":"${id.slice(0, 2)}`,
      "",
    ]);
    const head = await app.ask(`/v1/batches/${id}/results`, { method: "HEAD" });
    expect([head.status, head.headers.get("Content-Type")]).toEqual([200, "application/jsonl"]);
    const waiting = app.ask(`/v1/batches/${id}/results`);
    await setTimeout(100);
    expect((await app.ask(`/v1/batches/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await (await waiting).text()).toContain(`{"batch":"${id}","deleted":true}\n`);
    for (const path of ["", "/results"]) expect((await app.ask(`/v1/batches/${id}${path}`)).status).toBe(404);
    expect((await app.ask(`/v1/batches/${id}`, { method: "DELETE" })).status).toBe(404);
  });
});

describe("what is refused:", () => {
  test.each([
    ["nothing in it", "\n\n", {}, 422, "empty_batch"],
    ["another type", "{}", { "Content-Type": "application/json" }, 415, "not_json_lines"],
    ["compressed", "{}", { "Content-Encoding": "gzip" }, 415, "compressed"],
    ["an answer of another type", "{}", { Accept: "text/csv" }, 406, "not_acceptable"],
    ["over 256 MiB", "{}", { "Content-Length": `${256 * 1024 * 1024 + 1}` }, 413, "body_too_large"],
    ["10,001 items", "[\n".repeat(10_001), {}, 413, "too_many_items"],
  ])("%s", async (_, body, headers, status, code) => {
    const before = await opened.database.$count(batch);
    const response = await app.ask("/v1/batches", posting(body, { ...jsonLines, ...headers }));

    expect(response.status).toBe(status);
    expect(await problemsIn(response)).toMatchObject([{ code, path: "" }]);
    expect(await opened.database.$count(batch)).toBe(before);
  });

  test("over 256 MiB without saying so first: nothing of it stays", async () => {
    const before = await opened.database.$count(batch);
    const mebibyte = new Uint8Array(1024 * 1024).fill(0x20);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(mebibyte);
      },
    });
    const response = await app.ask("/v1/batches", posting(body, jsonLines));

    expect(await problemsIn(response)).toMatchObject([{ code: "body_too_large" }]);
    expect(sent).toBeLessThan(260);
    expect(await opened.database.$count(batch)).toBe(before);
  });

  test("a body that breaks off: nothing of it stays", async () => {
    const before = await opened.database.$count(batch);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from(`${JSON.stringify(fargate)}\n`)),
      pull: (controller) => controller.error(new Error("gone")),
    });
    const response = await app.ask("/v1/batches", posting(body, jsonLines));

    expect([response.status, await problemsIn(response)]).toMatchObject([400, [{ code: "body_incomplete" }]]);
    expect(await opened.database.$count(batch)).toBe(before);
  });

  test.each([
    ["GET", "/v1/batches/none", 404],
    ["GET", "/v1/batches/none/results", 404],
    ["DELETE", "/v1/batches/none", 404],
    ["GET", "/v1/batches", 405],
  ])("%s %s: %i", async (method, path, status) => {
    expect((await app.ask(path, { method })).status).toBe(status);
  });
});

test("no secret of a request is kept while it waits, is in the result or in the log", async () => {
  const text = JSON.stringify(secretRequest);
  const lines = [text, text.slice(0, -1), text.replace('"cpu":"512"', `"cpu":"${canary} AKIA"`)];
  const id = await kept(lines, idle);
  const rows = await opened.database.select().from(batchItem);
  expect(rows.filter(({ batch: of }) => of === id).map(({ request }) => request !== null)).toEqual([
    true,
    false,
    false,
  ]);
  expect(JSON.stringify(rows)).not.toContain(canary);

  await queue.enqueue([{ batch: id, from: 1, to: 3 }]);
  const result = await (await app.ask(`/v1/batches/${id}/results`)).text();
  const alone = await documentIn(await app.compare(secretRequest));
  expect(result).toContain(alone.id);
  expect(result).not.toContain(canary);
  expect(JSON.stringify([...app.log, ...idle.log])).not.toContain(canary);
  expect(
    (await opened.database.select().from(batchItem)).filter(({ batch: of, request }) => of === id && request),
  ).toEqual([]);
});
