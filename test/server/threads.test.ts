import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calculateOver, Overloaded } from "../../api/calculating/calculate.ts";
import { startThreads, type Threads } from "../../api/calculating/threads.ts";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";
import { isUnreachable } from "../../db/unreachable.ts";

const settings = { threads: 1, queueMax: 2, secondsMax: 60 };
let opened: OpenDatabase;
let threads: Threads;
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
  threads = startThreads(opened, settings);
}, 60_000);
afterAll(async () => {
  await threads.close();
  await opened.close();
});

const question = (request: unknown) => ({ request, mayReopen: false });

/** A year of noisy load, played fifty times over: far more than a second of work. */
const long = {
  ...comparisonExample,
  hours: 8760,
  services: comparisonExample.services.map((service) => ({
    ...service,
    load: { unit: "vCPU", generate: { base: 1, peak: 40, noise: 0.5 } },
    scaling: scalingByCpu(service.serviceName),
  })),
  simulations: 50,
};

function scalingByCpu(serviceName: string): object {
  const target = {
    ServiceNamespace: "ecs",
    ResourceId: `service/default/${serviceName}`,
    ScalableDimension: "ecs:service:DesiredCount",
  };
  const TargetTrackingScalingPolicyConfiguration = {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
  };
  return {
    ScalableTargets: [{ ...target, MinCapacity: 1, MaxCapacity: 400 }],
    ScalingPolicies: [
      { ...target, PolicyName: "cpu", PolicyType: "TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration },
    ],
  };
}

describe("a thread of its own", () => {
  test("gives the same comparison as the thread that has the database", async () => {
    const here = await calculateOver(opened.database)(question(comparisonExample));
    const there = await threads.calculate(question(comparisonExample));

    expect(there).toMatchObject({ ok: true, value: { isConfirmed: true, ownPrices: false } });
    expect(there.ok && there.value.document).toEqual(here.ok && here.value.document);
  });

  test("tells problems as they are told anywhere", async () => {
    const here = await calculateOver(opened.database)(question({ region: "mars-1", services: [{}] }));

    expect(await threads.calculate(question({ region: "mars-1", services: [{}] }))).toEqual(here);
    expect(here.ok).toBe(false);
  });

  test("says that the database is what failed", async () => {
    const cut = startThreads({ run: () => Promise.reject(new DatabaseUnreachable(new Error("gone"))) }, settings);
    const failed = await cut.calculate(question(comparisonExample)).catch((error: unknown) => error);
    await cut.close();

    expect(isUnreachable(failed)).toBe(true);
  });
});

describe("the limits of a calculation", () => {
  test("more than 1 s of work is ended and refused by name; the next question is answered, and the event loop stays free", async () => {
    const strict = startThreads(opened, { ...settings, secondsMax: 1 });
    const latest = longestWait();
    const refused = await strict.calculate(question(long));
    const waited = latest.end();

    expect(refused).toEqual({
      ok: false,
      problems: [{ code: "calculation_too_long", path: "", message: expect.stringContaining("more than 1 s") }],
    });
    expect(waited).toBeLessThan(1000);
    expect(await strict.calculate(question({ ...comparisonExample, options: ["fargate"] }))).toMatchObject({
      ok: true,
    });
    await strict.close();
  });

  test("one is worked on, two wait, the fourth is sent away at once; none of the three is lost", async () => {
    const three = [1, 2, 3].map((seed) => threads.calculate(question({ ...comparisonExample, seed })));
    const fourth = threads.calculate(question({ ...comparisonExample, seed: 4 }));

    await expect(fourth).rejects.toBeInstanceOf(Overloaded);
    expect((await Promise.all(three)).map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  test("a client that hangs up while it waits is forgotten at once; one that is worked for, 5 s later", async () => {
    const asked = new AbortController();
    const begun = threads.calculate(question(long), asked.signal).catch((error: Error) => error.name);
    const waiting = threads.calculate(question(long), asked.signal).catch((error: Error) => error.name);
    setTimeout(() => asked.abort(), 1000);
    const since = performance.now();

    expect(await waiting).toBe("AbortError");
    expect(performance.now() - since).toBeLessThan(4000);
    expect(await begun).toBe("AbortError");
    expect(performance.now() - since).toBeGreaterThan(5500);
    expect(await threads.calculate(question(comparisonExample))).toMatchObject({ ok: true });
  });
});

/** In milliseconds, of a timer that is due every ten. */
function longestWait(): { end(): number } {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 10);
    last = now;
  }, 10);
  return {
    end() {
      clearInterval(timer);
      return longest;
    },
  };
}
