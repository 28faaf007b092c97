import { httpInstrumentationMiddleware } from "@hono/otel";
import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import type { MiddlewareHandler } from "hono";
import { some } from "hono/combine";
import { engine } from "../identify.ts";
import { loggedPath } from "../routes/request-log.ts";

export interface Traces {
  /** Makes a span of a request. */
  readonly trace: MiddlewareHandler;
  /** Sends what has not been sent. */
  end(): Promise<void>;
}
