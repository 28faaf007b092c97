import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { posting } from "../routes/memory-app.ts";
import { type Hostile, hostileRequests } from "./hostile-requests.ts";
import { newDirectory, startServer } from "./start-server.ts";

const directory = newDirectory();
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer({ STOWAGE_DATA: directory.path, STOWAGE_THREADS: "1" });
}, 60_000);
afterAll(async () => {
  await server.stop();
  directory.remove();
});

interface Heard extends Hostile {
  /** All that the server said, and of each answer its status. */
  readonly text: string;
  readonly statuses: readonly number[];
}

/** Says it all and listens until the server hangs up, for 20 s at most; who leaves it half-said hangs up after 100 ms. */
async function say(hostile: Hostile): Promise<Heard> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1").on("data", (more: string) => {
    text += more;
  });
  // It may have heard enough before all is said.
  socket.on("error", () => undefined);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write(hostile.bytes);
  const patience = setTimeout(() => socket.destroy(), hostile.isUnfinished ? 100 : 20_000);
  await closed;
  clearTimeout(patience);
  return {
    ...hostile,
    text,
    statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status)),
  };
}

async function sayAll(hostile: readonly Hostile[]): Promise<Heard[]> {
  const heard: Heard[] = [];
  const left = [...hostile];
  const sayer = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) heard.push(await say(one));
  };
  await Promise.all(Array.from({ length: 8 }, sayer));
  return heard;
}

async function residentMebibytes(): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]) / 1024 ** 2;
}

const grownMebibytesMax = 100;
const tooMuch = "a body that is too large";

test("1,000 hostile requests get no 500 and no look inside, and the second half takes no more memory than the first", async () => {
  const hostile = hostileRequests(1000, 20_261_126);
  const first = await sayAll(hostile.slice(0, 500));
  const before = await residentMebibytes();
  const second = await sayAll(hostile.slice(500));
  const after = await residentMebibytes();
  const heard = [...first, ...second];

  const failed = heard.filter(({ statuses }) => statuses.some((status) => status >= 500));
  expect(failed.map(({ kind, text }) => `${kind}: ${text.slice(0, 500)}`)).toEqual([]);
  const inside = heard.filter(({ text }) =>
    /node_modules|\.[jt]s:\d|\n\s+at |file:\/\/|\/(tmp|home|root|etc)\//.test(text),
  );
  expect(inside.map(({ kind, text }) => `${kind}: ${text.slice(0, 500)}`)).toEqual([]);
  // Who goes on talking when the server has answered and hung up may lose the answer with the connection (RFC 9112, section 9.6).
  const unheard = heard.filter(
    ({ kind, statuses, isUnfinished }) => !isUnfinished && kind !== tooMuch && statuses.length === 0,
  );
  expect([...new Set(unheard.map(({ kind }) => kind))]).toEqual([]);
  expect(server.output()).not.toContain('"error"');
  expect(server.errors()).toBe("");
  expect(after - before).toBeLessThan(grownMebibytesMax);
  expect((await fetch(`${server.url}/v1/comparisons`, posting(comparisonExample))).status).toBe(200);
});
