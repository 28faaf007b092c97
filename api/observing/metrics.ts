import { prometheus } from "@hono/prometheus";
import type { Handler, MiddlewareHandler } from "hono";
import { Gauge, Registry } from "prom-client";
import { countOpenItems } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";
import type { Threads } from "../calculating/threads.ts";

/** Counted since the process started, as Prometheus reads it. */
export interface Metrics {
  /** Counts a request. */
  readonly count: MiddlewareHandler;
  /** Answers with all of it. */
  readonly print: Handler;
}

/** What is looked at whenever somebody wants to know. */
export interface Measured {
  readonly load: Threads["load"];
  readonly database: Database;
}

/** Requests by route and status, comparisons waiting and in work, items of batches that wait, and what the process takes of its machine. */
export function countMetrics({ load, database }: Measured): Metrics {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await value());
      },
    });
  gauge("stowage_comparisons_waiting", "Comparisons that wait for a thread", () => load().waiting);
  gauge("stowage_comparisons_working", "Comparisons in work", () => load().working);
  gauge("stowage_batch_items_waiting", "Items of batches that wait for an answer; NaN: the database does not say", () =>
    Promise.race([countOpenItems(database).catch(() => Number.NaN), noAnswer()]),
  );
  const { registerMetrics, printMetrics } = prometheus({ registry, collectDefaultMetrics: true });
  return { count: registerMetrics, print: printMetrics };
}

/** All else is to be seen, also where the database keeps everybody waiting. */
async function noAnswer(): Promise<number> {
  return await new Promise((resolve) => setTimeout(() => resolve(Number.NaN), databaseMilliseconds).unref());
}

const databaseMilliseconds = 1000;
