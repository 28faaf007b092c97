import { z } from "@hono/zod-openapi";
import { decimal, money } from "./amounts.ts";

const share = (description: string) => decimal(`${description} A share of the period.`).nullable();

const profile = z.object({ stepSeconds: z.int(), mean: z.array(decimal("By time.")), max: z.array(z.int()) });

const scaledService = z
  .object({
    service: z.string(),
    taskHours: decimal("Of all its tasks, from each one's start to its end."),
    taskStarts: z.int(),
    tasks: z
      .object({ peak: z.int(), p50: z.int(), p95: z.int(), mean: decimal("By time.") })
      .openapi({ description: "Alive: starting, running, draining, or extra in a deployment." }),
    desiredPeak: z.int(),
    unmetShare: share("Its load wanted more than its running tasks have. Null: the load does not say what it takes."),
    underTargetShare: share("Every target-tracking metric was there and at or below its target. Null: no such policy."),
    waiting: z
      .object({
        tasks: z.int(),
        taskHours: decimal("Of all of them together."),
        longestSeconds: z.int(),
        p95Seconds: z.int(),
      })
      .nullable()
      .openapi({ description: "Tasks that waited for an instance with room. Null: not on instances." }),
    profile: profile.openapi({ description: "Tasks alive in stretches of one length." }),
    timeline: z
      .array(z.object({ startSeconds: z.int(), desired: z.int(), running: z.int(), alive: z.int() }))
      .nullable()
      .openapi({ description: "Steps, from the start of the period. Null where there are more than 1,000." }),
  })
  .openapi("ScaledService");

const capacityProvider = z
  .object({
    capacityProvider: z.string().nullable().openapi({ description: "Null: chosen for the tasks." }),
    instanceTypes: z.array(z.string()),
    peak: z.int().openapi({ description: "The most instances at once." }),
    instanceHours: decimal("Of all of them together."),
    launches: z.int().openapi({ description: "After the start of the period." }),
    profile: profile.openapi({ description: "Instances billed in stretches of one length." }),
    timeline: z
      .array(z.object({ startSeconds: z.int(), instances: z.int(), ready: z.int() }))
      .nullable()
      .openapi({ description: "Steps: instances billed, and of them those that take tasks. Null: more than 1,000." }),
  })
  .openapi("CapacityProviderScaling");

export const scaling = z
  .object({
    fixedAtMaximum: money("The total with each service that scales always at its maximum.").nullable(),
    fixedAtPeak: money("The total with each always at the most tasks that it had.").nullable(),
    unmetShare: share("Of the worst service."),
    range: z
      .object({ simulations: z.int(), p50: money("Half of the totals are no higher."), p90: money("Nine tenths.") })
      .nullable()
      .openapi({ description: "Totals of generated loads with several seeds (simulations). Null: not asked for." }),
    services: z.array(scaledService),
    capacityProviders: z.array(capacityProvider),
  })
  .openapi("ScalingOutcome", { description: "What became of the services that scale. Null: none does." });
