import fc from "fast-check";
import { expect, test } from "vitest";
import type { Load } from "../../../api/core/model/load.ts";
import type { TimelineStep } from "../../../api/core/model/scaling.ts";
import { anyLifetime, everySoOften } from "./any-lifetime.ts";
import { played } from "./scaled-service.ts";
import { SecondBySecond } from "./second-by-second.ts";

const zones = ["UTC", "Europe/Berlin", "America/St_Johns"];
/** An hour before Berlin's clock is changed, in spring and in autumn, and some moment between. */
const starts = ["2026-03-29T00:00:00Z", "2026-10-25T00:00:00Z", "2026-07-17T13:37:11Z"];

const scene = fc.noBias(
  fc.record({
    tasks: fc.integer({ min: 0, max: 12 }),
    periodSeconds: fc.integer({ min: 600, max: 12_000 }),
    seed: fc.integer({ min: 0, max: 1000 }),
    period: fc.record({
      startSeconds: fc.constantFrom(0, ...starts.map((start) => Date.parse(start) / 1000)),
      timeZone: fc.constantFrom(...zones),
    }),
  }),
);

test("400 services, played second by second from the rules as written, come out the same", () => {
  fc.assert(
    fc.property(anyLifetime, scene, (one, given) => {
      const lifetime = { ...one, loads: one.loads.map((load) => startedWith(given.period, load)) };
      const slow = new SecondBySecond(lifetime, {
        ...given,
        calendar: everySoOften,
        capacity: { cpuUnits: 100, memoryMiB: 100 },
      });
      const { report } = played(lifetime, { ...given, calendar: everySoOften });
      const { timeline, ...totals } = report;
      const alive = slow.alive.toSorted((a, b) => a - b);
      const percentile = (percent: number) => alive[Math.ceil((percent * alive.length) / 100) - 1];
      const measurable = lifetime.loads.some((load) => load.cpuUnits + load.memoryMiB > 0);
      const tracks = lifetime.scaling?.policies.some(({ kind }) => kind === "target-tracking") ?? false;
      expect(timeline).toEqual(timelineOf(slow));
      expect(totals).toEqual({
        service: "web",
        periodSeconds: given.periodSeconds,
        taskSeconds: slow.alive.reduce((sum, count) => sum + count, 0),
        taskStarts: slow.taskStarts,
        tasks: { peak: alive.at(-1), p50: percentile(50), p95: percentile(95) },
        desiredPeak: Math.max(...slow.desired),
        unmetSeconds: measurable ? slow.unmetSeconds : null,
        underTargetSeconds: tracks && lifetime.loads.length > 0 ? slow.underTargetSeconds : null,
        waiting: null,
      });
    }),
    { numRuns: 400 },
  );
}, 60_000);

/** A series that starts about the start of the period instead of about 1970's. */
function startedWith({ startSeconds }: { readonly startSeconds: number }, load: Load): Load {
  const { shape } = load;
  if (shape.kind !== "series") return load;
  return { ...load, shape: { ...shape, startSeconds: shape.startSeconds + startSeconds } };
}

function timelineOf({ desired, running, alive }: SecondBySecond): TimelineStep[] {
  const seconds = desired.map((count, startSeconds) => ({
    startSeconds,
    desired: count,
    running: running[startSeconds] ?? 0,
    alive: alive[startSeconds] ?? 0,
  }));
  return seconds.filter((second, at) => {
    const before = seconds[at - 1];
    return before === undefined || JSON.stringify({ ...before, startSeconds: at }) !== JSON.stringify(second);
  });
}
