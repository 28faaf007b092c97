import { execFile } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { posting } from "../routes/memory-app.ts";
import { canary, secretRequest } from "../routes/secret-request.ts";
import { newDirectory, run, startServer } from "./start-server.ts";

const directory = newDirectory();
const STOWAGE_DATA = directory.path;
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer({ STOWAGE_DATA });
}, 60_000);
afterAll(async () => {
  await server.stop();
  directory.remove();
});

describe("a first start", () => {
  test("makes the data directory for its owner alone, and says so", () => {
    expect(server.output()).toContain(`Making ${STOWAGE_DATA} and loading the bundled prices`);
    expect(statSync(STOWAGE_DATA).mode & 0o777).toBe(0o700);
  });

  test("listens on this machine alone, and says where, with the reference's address", () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.output()).toContain("for this machine only, as there are no API keys.");
    expect(server.output()).toContain(`API reference: ${server.url}/docs`);
  });

  test("prints one curl line that gets a comparison when it is pasted into a shell", async () => {
    const lines = server
      .output()
      .split("\n")
      .filter((line) => line.startsWith("curl "));
    expect(lines).toHaveLength(1);
    const { stdout, stderr } = await promisify(execFile)("sh", ["-c", lines[0] ?? ""]);

    expect(stderr).toBe("");
    expect(stdout).toMatch(/^fargate +Fargate +\$108\.12/m);
  });
});

describe("a server with the directory", () => {
  test("keeps a second one out, which names it and the way out", async () => {
    const second = run({ STOWAGE_DATA });

    expect(await second.ended).toBe(1);
    expect(second.errors()).toMatch(/^stowage: [^\n]+\n$/);
    expect(second.errors()).toContain(`process ${server.pid} (${server.url})`);
    expect(second.errors()).toContain("STOWAGE_DATA");
  });

  test("refuses 10 MB, announced or not, and the connection gets the answer", async () => {
    const announced = await fetch(`${server.url}/v1/comparisons`, posting("x".repeat(10_000_000)));
    const chunks = new Blob(["x".repeat(10_000_000)]).stream();
    const unannounced = await fetch(`${server.url}/v1/comparisons`, posting(chunks));

    expect([announced.status, unannounced.status]).toEqual([413, 413]);
  });

  test("refuses another machine's name in a real Host header", async () => {
    expect(await exchange("GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")).toMatch(
      /^HTTP\/1.1 403 /,
    );
    expect(await exchange("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).toMatch(
      /^HTTP\/1.1 200 /,
    );
  });

  test.each([
    ["no Host", "GET /healthz HTTP/1.0\r\n\r\n"],
    ["a Host that is none", "GET /healthz HTTP/1.1\r\nHost: a b\\c\r\nConnection: close\r\n\r\n"],
    ["a backslash in the path", "GET /\\evil HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"],
    ["no HTTP", "hello\r\n\r\n"],
    [
      "two lengths",
      "POST /v1/comparisons HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    ],
  ])("answers 400 to %s", async (_, text) => {
    const answer = await exchange(text);

    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).not.toMatch(/node_modules|\.ts:|\bat /);
  });

  test("takes a client that hangs up in the middle for no mistake of its own", async () => {
    for (const length of ["Content-Length: 100", "Transfer-Encoding: chunked"]) {
      const id = `hung-up-${length.length}`;
      const head = `POST /v1/comparisons HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Request-Id: ${id}`;
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
      socket.write(`${head}\r\n${length}\r\n\r\n5\r\n{"a":\r\n`, () => socket.end());
      const line = await logged(id);
      expect(line).toMatchObject({ status: 400, path: "/v1/comparisons" });
    }
  });
});

test("a stop keeps what was answered: the next start says nothing of making anything and has the same bytes", async () => {
  const made = await fetch(`${server.url}/v1/comparisons`, posting(comparisonExample));
  const path = made.headers.get("Location") ?? "";
  expect(await server.stop("SIGINT")).toBe(0);
  server = await startServer({ STOWAGE_DATA });

  expect(server.output()).not.toContain("Making");
  expect(await (await fetch(server.url + path)).text()).toBe(await made.text());
});

test("a stop lets a request that has begun finish, and begins no other", async () => {
  const port = Number(new URL(server.url).port);
  const body = JSON.stringify(comparisonExample);
  const socket = connect(port, "127.0.0.1");
  const answer = textFrom(socket);
  const head = `POST /v1/comparisons HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
  socket.write(`${head}\r\nExpect: 100-continue\r\n\r\n`);
  // The interim answer shows that the request is under way.
  await once(socket, "data");
  const ended = server.stop();
  await refused(port);
  socket.write(body);

  expect(await answer).toMatch(/HTTP\/1.1 200 OK.+"totalExact"/s);
  expect(await ended).toBe(0);
  server = await startServer({ STOWAGE_DATA });
});

test("secrets of a request are neither in what the server prints nor in any file it leaves behind", async () => {
  const response = await fetch(`${server.url}/v1/comparisons`, posting(secretRequest));
  expect(response.status).toBe(200);
  const printed = await server.stop().then(() => server.output() + server.errors());
  const files = readdirSync(STOWAGE_DATA, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const { id } = JSON.parse(await response.text());
  const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), "latin1"));

  expect(printed).not.toContain(canary);
  expect(texts.filter((text) => text.includes(canary))).toEqual([]);
  // The answer itself is found by the same search.
  expect(texts.some((text) => text.includes(id))).toBe(true);
  server = await startServer({ STOWAGE_DATA });
});

describe("what cannot be started says why in one line and ends:", () => {
  const elsewhere = newDirectory();
  afterAll(() => elsewhere.remove());

  test.each([
    ["a host that is no address", { HOST: "http://0.0.0.0" }, 2, /HOST must be an address or a name of this machine/],
    ["a port in words", { PORT: "eighty" }, 2, /PORT must be a whole number up to 65535, not "eighty"/],
    ["another make of database", { DATABASE_URL: "mysql://u:pa55@localhost/db" }, 2, /DATABASE_URL must be/],
    [
      "a database server that is not there",
      { DATABASE_URL: "postgres://u:pa55@127.0.0.1:1/db" },
      1,
      /database cannot be opened: .*ECONNREFUSED/,
    ],
    [
      "a file for a data directory",
      { STOWAGE_DATA: join(import.meta.dirname, "server.test.ts") },
      1,
      /database cannot be opened: .*server\.test\.ts/,
    ],
  ])("%s", async (_, settings, exitCode, message) => {
    const server = run({ ...settings });

    expect(await server.ended).toBe(exitCode);
    expect(server.errors()).toMatch(message);
    expect(server.errors()).toMatch(/^stowage: [^\n]+\n$/);
    expect(server.errors()).not.toContain("pa55");
  });

  test("a host that is the whole network, as long as there are no API keys", async () => {
    const open = run({ STOWAGE_DATA: elsewhere.path, HOST: "0.0.0.0" });

    expect(await open.ended).toBe(2);
    expect(open.errors()).toBe(
      "stowage: HOST=0.0.0.0 lets other machines ask, and no API key is in force. Make one first: npm run keys -- create --name admin --scope admin\n",
    );
  });

  test("a port in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const late = run({ STOWAGE_DATA: elsewhere.path, PORT: `${port}` });

    expect(await late.ended).toBe(1);
    expect(late.errors()).toBe(
      `stowage: Port ${port} of 127.0.0.1 is in use. Set PORT to another one, such as ${port + 1}.\n`,
    );
    other.close();
  });
});

/** What the server says to these bytes until it hangs up. */
async function exchange(text: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.write(text);
  return await textFrom(socket);
}

async function textFrom(socket: ReturnType<typeof connect>): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  await once(socket, "close");
  return text;
}

/** The request's line in the log, once it is there. */
async function logged(requestId: string): Promise<unknown> {
  while (true) {
    const line = server
      .output()
      .split("\n")
      .find((one) => one.includes(requestId) && one.includes("milliseconds"));
    if (line !== undefined) return JSON.parse(line);
    await setTimeout(20);
  }
}

async function refused(port: number): Promise<void> {
  while (true) {
    const socket = connect(port, "127.0.0.1");
    const outcome = await Promise.race([once(socket, "connect"), once(socket, "error")]).catch((error: Error) => [
      error,
    ]);
    socket.destroy();
    if (outcome[0] instanceof Error) return;
    await setTimeout(20);
  }
}
