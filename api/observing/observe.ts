import type { Observed } from "../app.ts";
import { countMetrics, type Measured } from "./metrics.ts";
import { wantsTraces } from "./wants-traces.ts";

export interface Observing {
  readonly observed: Observed;
  /** Sends what has not been sent. */
  end(): Promise<void>;
}

/** Metrics always, traces where OpenTelemetry's variables say where to; their packages are large, so they are loaded only then. */
export async function observe(
  measured: Measured,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Observing> {
  const { count, print: metrics } = countMetrics(measured);
  if (!wantsTraces(environment)) return { observed: { requests: [count], metrics }, end: () => Promise.resolve() };
  const { startTraces } = await import("./traces.ts");
  const { span, end } = startTraces(environment);
  return { observed: { requests: [span, count], metrics }, end };
}
