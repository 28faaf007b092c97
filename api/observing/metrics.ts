import { prometheus } from "@hono/prometheus";
import type { Handler, MiddlewareHandler } from "hono";
import { Gauge, Registry } from "prom-client";
import type { Threads } from "../calculating/threads.ts";

/** Counted since the process started, as Prometheus reads it. */
export interface Metrics {
  /** Counts a request. */
  readonly count: MiddlewareHandler;
  /** Answers with all of it. */
  readonly print: Handler;
}

/** Requests by route and status, comparisons waiting and in work, and what the process takes of its machine. */
export function countMetrics(load: Threads["load"]): Metrics {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge("stowage_comparisons_waiting", "Comparisons that wait for a thread", () => load().waiting);
  gauge("stowage_comparisons_working", "Comparisons in work", () => load().working);
  const { registerMetrics, printMetrics } = prometheus({ registry, collectDefaultMetrics: true });
  return { count: registerMetrics, print: printMetrics };
}
