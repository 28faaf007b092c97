import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenBucket } from "../../api/price-sources/token-bucket.ts";
import { testClock } from "./test-clock.ts";

test("ten calls go at once, then one every 200 ms, and two seconds of rest fill the bucket again", async () => {
  const clock = testClock();
  const bucket = tokenBucket({ capacity: 10, perSecond: 5 }, clock);
  const takeMany = async (count: number) => {
    for (let i = 0; i < count; i++) await bucket.take();
  };

  await takeMany(13);
  expect(clock.slept).toEqual([200, 200, 200]);
  await clock.sleep(2000);
  await takeMany(11);
  expect(clock.slept).toEqual([200, 200, 200, 2000, 200]);
});

test("in any span of time no more calls go than the bucket holds and gains, however the callers come", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 60 }), async (restsMs) => {
      const clock = testClock();
      const bucket = tokenBucket({ capacity: 10, perSecond: 5 }, clock);
      const takenMs: number[] = [];
      for (const restMs of restsMs) {
        if (restMs % 3 === 0) await clock.sleep(restMs);
        await bucket.take();
        takenMs.push(clock.nowMs());
      }

      const spans = takenMs.flatMap((fromMs, i) =>
        takenMs.slice(i).map((toMs, calls) => ({ calls: calls + 1, ms: toMs - fromMs })),
      );
      expect(spans.filter(({ calls, ms }) => calls > 10 + (ms * 5) / 1000 + 1e-9)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test("callers that come at once are served one after the other", async () => {
  const clock = testClock();
  const bucket = tokenBucket({ capacity: 2, perSecond: 5 }, clock);
  const served: number[] = [];

  await Promise.all(
    [0, 1, 2, 3].map(async (caller) => {
      await bucket.take();
      served.push(caller);
    }),
  );

  expect(served).toEqual([0, 1, 2, 3]);
  expect(clock.slept).toEqual([200, 200]);
});
