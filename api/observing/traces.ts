import { httpInstrumentationMiddleware } from "@hono/otel";
import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { every } from "hono/combine";
import { createMiddleware } from "hono/factory";
import type { MiddlewareHandler } from "hono/types";
import { engine } from "../identify.ts";
import { loggedPath } from "../log.ts";

export interface Traces {
  /** Makes a span of a request, within the caller's own where it sends `traceparent`. */
  readonly span: MiddlewareHandler;
  /** Sends what has not been sent. */
  end(): Promise<void>;
}

/** Sends spans by OTLP over HTTP to where OpenTelemetry's own variables say (OTEL_EXPORTER_OTLP_ENDPOINT and its kin). */
export function startTraces({ OTEL_SERVICE_NAME }: Readonly<Record<string, string | undefined>>): Traces {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": OTEL_SERVICE_NAME || "stowage", "service.version": engine }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return { span: every(httpInstrumentationMiddleware(), withoutSecrets), end: () => provider.shutdown() };
}

/** An address may hold a token, and its query anything. */
const withoutSecrets = createMiddleware(async (c, next) => {
  const { origin, pathname } = new URL(c.req.url);
  trace.getActiveSpan()?.setAttribute("url.full", origin + loggedPath(pathname));
  await next();
});
