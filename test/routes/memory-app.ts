import { expect } from "vitest";
import { type AppSettings, createApp } from "../../api/app.ts";
import type { JobQueue } from "../../api/batching/job-queue.ts";
import type { Problem } from "../../api/core/model/problem.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { readSwaggerUi } from "../../api/swagger-ui.ts";
import { openDatabase } from "../../db/connect.ts";
import type { Database } from "../../db/database.ts";
import * as imports from "../../db/import-schema.ts";
import * as kept from "../../db/kept-schema.ts";

/** The API over an embedded Postgres in memory, with the bundled prices. */
export async function openMemoryApp() {
  const opened = await openDatabase({ memory: true });
  return {
    ...appOver(opened.database),
    database: opened.database,
    async storedBodies(): Promise<readonly string[]> {
      return (await opened.database.select({ body: kept.comparison.body }).from(kept.comparison)).map(
        ({ body }) => body,
      );
    },
    /** Every row that users' requests have left. */
    async everythingStored(): Promise<string> {
      const tables = Object.values({ ...kept, ...imports }).map((table) => opened.database.select().from(table));
      return JSON.stringify(await Promise.all(tables));
    },
    close: () => opened.close(),
  };
}

/** A day on which no price counts as stale. */
const fresh = { staleAfterDays: 36500, today: "2026-10-01" };

/** Keeps batches and has nobody work on them. */
const idleQueue: JobQueue = { itemsMax: 50, enqueue: () => Promise.resolve() };

/** The API over any database, and what it logs. */
export function appOver(database: Database, settings: Partial<AppSettings> = {}) {
  const log: object[] = [];
  const app = createApp({
    database,
    readReferenceFile: readSwaggerUi,
    log: (line) => log.push(line),
    freshness: () => fresh,
    loopback: true,
    queue: idleQueue,
    ...settings,
  });
  return {
    log,
    async ask(path: string, init: RequestInit = {}): Promise<Response> {
      return await app.request(path, init);
    },
    /** Asks for a comparison; text is sent as it is, anything else as JSON. */
    async compare(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
      return await app.request("/v1/comparisons", posting(body, headers));
    },
  };
}

export type MemoryApp = Awaited<ReturnType<typeof openMemoryApp>>;

export function posting(body: unknown, headers: Record<string, string> = {}): RequestInit {
  const isReady = typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: isReady ? body : JSON.stringify(body),
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  };
}

export async function documentIn(response: Response): Promise<ComparisonDocument> {
  expect(response.status).toBe(200);
  return JSON.parse(await response.text());
}

/** The problems of a refusal, which is one as RFC 9457 says it. */
export async function problemsIn(response: Response): Promise<readonly Problem[]> {
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  const { type, title, status, problems, ...more } = JSON.parse(await response.text());
  expect(more).toEqual({});
  expect(type).toBe("about:blank");
  expect(title).toMatch(/^[A-Z]/);
  expect(status).toBe(response.status);
  expect(problems).not.toEqual([]);
  for (const problem of problems) {
    expect(problem).toEqual({
      code: expect.stringMatching(/^[a-z0-9_]+$/),
      path: expect.any(String),
      message: expect.stringMatching(/[.?]$/),
    });
  }
  return problems;
}

/** The example with other fields in its task definition, its service or itself. */
export function exampleWith(changes: { definition?: object; service?: object; request?: object }) {
  const [definition] = comparisonExample.taskDefinitions;
  const [service] = comparisonExample.services;
  return {
    ...comparisonExample,
    taskDefinitions: [{ ...definition, ...changes.definition }],
    services: [{ ...service, ...changes.service }],
    ...changes.request,
  };
}
