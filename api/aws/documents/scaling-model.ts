import { isObject, unknownFields } from "../../core/model/field.ts";
import type { Problem } from "../../core/model/problem.ts";
import { amount } from "./amount.ts";
import { choice, fieldsOf, problemsOf, whole } from "./fields.ts";

/** What AWS publishes no figure for, or what depends on the application: `scaling.model`, ours. */
export interface ScalingModel {
  /** Datapoints of target tracking's alarms, all of which must breach. */
  readonly datapointsHigh: number;
  readonly datapointsLow: number;
  /** Target tracking's low alarm is at so much of the target. */
  readonly lowFactor: number;
  /** From the end of a datapoint's period until alarms see it; null: 180 s, of 20-second metrics 20 s. */
  readonly publicationDelaySeconds: number | null;
  /** From the decision to start a task until it takes load. */
  readonly startSeconds: number;
  /** From then until a deployment counts it healthy. */
  readonly healthSeconds: number;
  /** From the decision to stop a task until its end; null: 300 s behind a load balancer, else none. */
  readonly drainSeconds: number | null;
  readonly stops: "newest" | "oldest";
  readonly utilizationMaxPercent: number;
}

/**
 * Alarms of three and fifteen datapoints, the low one at 90 % of the target: as they are commonly seen. 180 s and 20 s of delay agree with the
 * 363 s and 86 s that AWS measured until a scale-out (What's New, 2026-06-18). 40 s until healthy: botocore ecs 2014-11-13, DeploymentConfiguration.
 * A minute to start and 300 s to drain (the load balancer's default deregistration delay) are guesses.
 */
const defaultModel: ScalingModel = {
  datapointsHigh: 3,
  datapointsLow: 15,
  lowFactor: 0.9,
  publicationDelaySeconds: null,
  startSeconds: 60,
  healthSeconds: 40,
  drainSeconds: null,
  stops: "newest",
  utilizationMaxPercent: 100,
};

const seconds = whole({ min: 0, max: 86_400, unit: "seconds" });

const shape = {
  datapointsHigh: whole({ min: 1, max: 1440, unit: "datapoints" }),
  datapointsLow: whole({ min: 1, max: 1440, unit: "datapoints" }),
  lowFactor: amount({ min: 0, max: 1, what: "a factor" }),
  publicationDelaySeconds: seconds,
  startSeconds: seconds,
  healthSeconds: seconds,
  drainSeconds: seconds,
  stops: choice(["newest", "oldest"]),
  utilizationMaxPercent: amount({ min: 1, max: 1e9, what: "a percentage" }),
};

const scalingModel = fieldsOf(shape);

export function readScalingModel(value: unknown, path: string): { model: ScalingModel; problems: readonly Problem[] } {
  if (value === undefined || value === null) return { model: defaultModel, problems: [] };
  if (!isObject(value)) {
    return { model: defaultModel, problems: [{ code: "wrong_type", path, message: "model must be an object." }] };
  }
  const unknown = unknownFields(value, path, Object.keys(shape));
  const parsed = scalingModel.safeParse(value);
  if (!parsed.success) return { model: defaultModel, problems: [...unknown, ...problemsOf(parsed.error, path)] };
  const said = Object.fromEntries(Object.entries(parsed.data).filter(([, setting]) => setting !== null));
  return { model: { ...defaultModel, ...said }, problems: unknown };
}
