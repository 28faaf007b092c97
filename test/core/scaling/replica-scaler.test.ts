import fc from "fast-check";
import { expect, test } from "vitest";
import type { LoadShape } from "../../../api/core/model/load.ts";
import type { ReplicaController, ReplicaRules } from "../../../api/core/model/replica-controller.ts";
import { replicasSlotBySlot } from "./replica-second.ts";
import { aLifetime, aLoad, aScaling, desiredOf, minutes, played } from "./scaled-service.ts";

const rate = fc.record({
  kind: fc.constantFrom("tasks" as const, "percent" as const),
  value: fc.integer({ min: 1, max: 200 }),
  periodSeconds: fc.integer({ min: 1, max: 900 }),
});
const rules: fc.Arbitrary<ReplicaRules> = fc.record({
  windowSeconds: fc.integer({ min: 0, max: 900 }),
  select: fc.constantFrom("max", "max", "min", "disabled"),
  policies: fc.array(rate, { minLength: 1, maxLength: 3 }),
});
const controllers = fc.record({ up: rules, down: rules }).map(aController);

function aController(fields: Pick<ReplicaController, "up" | "down">): ReplicaController {
  const metric = { kind: "cpu", each: 100, targetPercent: 50, wholePercent: true, most: null } as const;
  return { syncSeconds: 15, tolerance: 0.1, metrics: [metric], ...fields };
}

const hour = 3600;
const bounds = { min: 1, max: 40 };

/** From 3 tasks on, each of 100 CPU units. */
function desired(
  controller: ReplicaController,
  shape: LoadShape,
  given: { startSeconds: number; periodSeconds: number },
) {
  const { startSeconds, periodSeconds } = given;
  const behaviour = { startSeconds, drainSeconds: 0, stops: "newest", utilizationMaxPercent: 100 } as const;
  const lifetime = aLifetime({ loads: [aLoad(shape)], scaling: aScaling({ ...bounds, controller }), behaviour });
  return desiredOf(played(lifetime, { tasks: 3, periodSeconds }).report);
}

const startTimes = fc.constantFrom(0, 20, 60, 130);

test("minute by minute a controller does what its rules come to when all is looked through again every 15 seconds", () => {
  const wanted = fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 5, maxLength: 90 });
  fc.assert(
    fc.property(controllers, wanted, startTimes, (controller, values, startSeconds) => {
      const when = { startSeconds, periodSeconds: values.length * 60 };
      const reference = replicasSlotBySlot(controller, {
        ...{ ...bounds, ...when, tasks: 3 },
        wanted: (t) => values[Math.floor(t / 60)] ?? 0,
      });
      expect(desired(controller, minutes(...values), when)).toEqual(reference);
    }),
    { numRuns: 300 },
  );
});

test("hours in which nothing changes are skipped, and come to the same", () => {
  const wanted = fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 24, maxLength: 24 });
  fc.assert(
    fc.property(controllers, wanted, startTimes, (controller, values, startSeconds) => {
      const when = { startSeconds, periodSeconds: 12 * hour };
      const reference = replicasSlotBySlot(controller, {
        ...{ ...bounds, ...when, tasks: 3 },
        wanted: (t) => values[Math.floor(t / hour)] ?? 0,
      });
      expect(desired(controller, { kind: "hourly", values, interpolation: "step" }, when)).toEqual(reference);
    }),
    { numRuns: 100 },
  );
});

test("a gap in the load is no reason to change anything: after 10 minutes without any there are as many as before", () => {
  const free = {
    windowSeconds: 0,
    select: "max",
    policies: [{ kind: "tasks", value: 100, periodSeconds: 15 }],
  } as const;
  const values = [
    ...new Array<number>(5).fill(300),
    ...new Array<null>(10).fill(null),
    ...new Array<number>(5).fill(50),
  ];
  const when = { startSeconds: 0, periodSeconds: 20 * 60 };

  expect(desired(aController({ up: free, down: free }), minutes(...values), when)).toEqual([
    [0, 3],
    [15, 6],
    [915, 1],
  ]);
});
