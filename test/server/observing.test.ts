import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { posting } from "../routes/memory-app.ts";
import { newDirectory, startServer } from "./start-server.ts";

const directory = newDirectory();
const received: string[] = [];
const collector = createServer(async (request, response) => {
  received.push(`${request.url} ${await text(request)}`);
  response.setHeader("Content-Type", "application/json").end("{}");
});
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  await once(collector.listen(0, "127.0.0.1"), "listening");
  server = await startServer({
    STOWAGE_DATA: directory.path,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_BSP_SCHEDULE_DELAY: "100",
  });
}, 60_000);
afterAll(async () => {
  await server.stop();
  collector.close();
  directory.remove();
});

const token = "stw_link_notatokenofanybodys0123456789";

describe("a server that is watched", () => {
  test("says how long each stage of a comparison took", async () => {
    const response = await fetch(`${server.url}/v1/comparisons`, posting(comparisonExample));

    expect(response.headers.get("Server-Timing")).toMatch(
      /^parse;dur=[\d.]+, ?prices;dur=[\d.]+, ?compare;dur=[\d.]+, ?store;dur=[\d.]+, ?total;dur=[\d.]+/,
    );
  });

  test("is ready, naming its prices, once it can answer", async () => {
    const response = await fetch(`${server.url}/readyz`);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ready", snapshot: expect.stringMatching(/^[0-9a-f]+$/) });
  });

  test("counts requests by route, never by address", async () => {
    await fetch(`${server.url}/v1/sheets/${token}.json`);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();

    expect(metrics).toContain('http_requests_total{method="POST",route="/v1/comparisons",status="200",ok="true"} 1');
    expect(metrics).toContain('route="/v1/sheets/:file",status="404"');
    expect(metrics).toMatch(/^stowage_comparisons_working 0$/m);
    expect(metrics).toMatch(/^stowage_batch_items_waiting 0$/m);
    expect(metrics).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(metrics).not.toContain(token);
  });

  test("sends spans to its collector, with the caller's trace and without what addresses may hold", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    await fetch(`${server.url}/v1/sheets/${token}.json?secret=hidden`, { headers: { traceparent } });
    await expect.poll(() => received.join("\n"), { timeout: 10_000 }).toContain("0af7651916cd43dd8448eb211c80319c");

    expect(received.join("\n")).toMatch(/^\/v1\/traces /m);
    expect(received.join("\n")).toContain("GET /v1/sheets/:file");
    expect(received.join("\n")).toContain("/v1/sheets/***");
    expect(received.join("\n")).not.toContain(token);
    expect(received.join("\n")).not.toContain("hidden");
    expect(server.output()).not.toContain(token);
  });
});
