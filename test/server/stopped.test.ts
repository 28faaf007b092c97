import { afterAll, describe, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { posting } from "../routes/memory-app.ts";
import { newDirectory, startServer } from "./start-server.ts";

const directory = newDirectory();
afterAll(() => directory.remove());

/** Asks on eight connections until the server is gone: the ids and versions that it has acknowledged, and how the others ended. */
function underLoad(url: string, kind: string) {
  const acknowledged = { comparisons: new Map<string, string>(), seeds: new Map<string, number[]>() };
  const statuses = new Set<number>();
  const cut: string[] = [];
  let seed = 0;
  const asker = async (name: string) => {
    try {
      while (true) {
        seed += 1;
        const request = { ...comparisonExample, seed };
        const asked = seed;
        const isWrite = asked % 2 === 0;
        const response = isWrite
          ? await fetch(`${url}/v1/workloads/${name}`, { ...posting(request), method: "PUT" })
          : await fetch(`${url}/v1/comparisons`, posting(request));
        const body = await response.text();
        statuses.add(response.status);
        if (!response.ok) continue;
        if (isWrite) acknowledged.seeds.set(name, [...(acknowledged.seeds.get(name) ?? []), asked]);
        else acknowledged.comparisons.set(JSON.parse(body).id, body);
      }
    } catch (error) {
      cut.push(error instanceof Error ? error.name : "unknown");
    }
  };
  const names = Array.from({ length: 8 }, (_, at) => `${kind}-${at}`);
  return { acknowledged, statuses, cut, ended: Promise.all(names.map(asker)) };
}

describe.each([
  ["SIGTERM", 0],
  ["SIGKILL", null],
] as const)("a server under load that gets %s", (signal, code) => {
  test(`ends within 10 s with ${code}, and the next start has all that was acknowledged, whole`, async () => {
    const server = await startServer({ STOWAGE_DATA: directory.path });
    const load = underLoad(server.url, signal.toLowerCase());
    while (load.acknowledged.comparisons.size < 4 || load.acknowledged.seeds.size < 4)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const since = performance.now();
    expect(await server.stop(signal)).toBe(code);
    expect(performance.now() - since).toBeLessThan(10_000);
    await load.ended;

    expect([...load.statuses].filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
    const next = await startServer({ STOWAGE_DATA: directory.path });
    const ask = (path: string) => fetch(`${next.url}${path}`);
    for (const [id, body] of load.acknowledged.comparisons)
      expect(await (await ask(`/v1/comparisons/${id}`)).text()).toBe(body);
    for (const [name, seeds] of load.acknowledged.seeds) {
      const { versions } = (await (await ask(`/v1/workloads/${name}/versions?limit=100`)).json()) as {
        versions: { version: number }[];
      };
      expect(versions.map(({ version }) => version)).toEqual(versions.map((_, at) => versions.length - at));
      const kept = await Promise.all(
        versions.map(
          async ({ version }) => (await (await ask(`/v1/workloads/${name}/versions/${version}`)).json()) as object,
        ),
      );
      expect(kept.map((one) => "seed" in one && one.seed)).toEqual(expect.arrayContaining(seeds));
    }
    expect(await next.stop()).toBe(0);
  });
});
