import type { WhatIf } from "../../core/model/launch-type.ts";
import type { Alarm, ScaledLifetime, ScalingPolicy, TargetTrackingPolicy } from "../../core/model/scaling.ts";
import type { Service } from "../../core/model/workload.ts";
import { named, withServices } from "../plan-changes.ts";

type Tasks = Parameters<WhatIf["text"]>[0]["tasks"];

/** AWS publishes no algorithm: as it is commonly observed, and as its own figures bear out (What's New, 2026-06-18). */
const targetTrackingModelled: WhatIf = {
  code: "target_tracking_modelled",
  text: ({ tasks }) => {
    const tracked = scaledIn(tasks).filter(({ scaling }) => scaling?.policies.some(isTracking));
    const policies = tracked.flatMap(({ scaling }) => (scaling?.policies ?? []).filter(isTracking));
    if (policies.length === 0) return null;
    const [above, below] = [policies.map(({ high }) => high), policies.map(({ low }) => low)].map(datapoints);
    const factor = spans(policies.map(({ low, target }) => Math.round((low.threshold / target) * 1000) / 1000));
    return `AWS does not publish how target tracking works: alarms need ${above} datapoints above the target or ${below} below ${factor} of it, and the tasks wanted are ceil(running × metric / target) (scaling.model). Effect: against alarms of one datapoint.`;
  },
  without: (plan) =>
    withPolicies(plan, (policy) =>
      isTracking(policy) ? { ...policy, high: atOnce(policy.high), low: atOnce(policy.low) } : policy,
    ),
};

const metricsDelayed: WhatIf = {
  code: "metrics_delayed",
  text: ({ tasks }) => {
    const delays = scaledIn(tasks).flatMap(({ scaling }) =>
      (scaling?.policies ?? []).map(({ metric }) => metric.publicationDelaySeconds),
    );
    if (delays.length === 0) return null;
    return `Alarms see a datapoint ${spans(delays)} s after its end (scaling.model.publicationDelaySeconds). Effect: against seeing it at once.`;
  },
  without: (plan) =>
    withPolicies(plan, (policy) => ({ ...policy, metric: { ...policy.metric, publicationDelaySeconds: 0 } })),
};

const taskTimesAssumed: WhatIf = {
  code: "task_times_assumed",
  text: ({ tasks }) => {
    const scaled = tasks.flatMap(({ service }) => (hasPolicies(service.lifetime) ? [service] : []));
    if (scaled.length === 0) return null;
    const behaviours = scaled.flatMap(({ lifetime }) => (lifetime.kind === "scaled" ? [lifetime.behaviour] : []));
    const starts = spans(behaviours.map(({ startSeconds }) => startSeconds));
    const drains = spans(behaviours.map(({ drainSeconds }) => drainSeconds));
    const stops = [...new Set(behaviours.map((behaviour) => behaviour.stops))].join(" or ");
    return `A task of ${named(scaled.map(({ name }) => name))} takes load ${starts} s after it is wanted, is billed from the start, and drains for ${drains} s; a scale-in stops the ${stops} first (scaling.model). Effect: against starting and stopping at once.`;
  },
  without: (plan) =>
    withLifetimes(plan, (lifetime) => ({
      ...lifetime,
      behaviour: { ...lifetime.behaviour, startSeconds: 0, drainSeconds: 0 },
    })),
};

/** Of every launch type that runs services that scale. */
export const scalingWhatIfs: readonly WhatIf[] = [targetTrackingModelled, metricsDelayed, taskTimesAssumed];

function isTracking(policy: ScalingPolicy): policy is TargetTrackingPolicy {
  return policy.kind === "target-tracking";
}

/** Without a load policies never act, which parsing says. */
function hasPolicies(lifetime: Service["lifetime"]): lifetime is ScaledLifetime {
  return lifetime.kind === "scaled" && lifetime.loads.length > 0 && (lifetime.scaling?.policies.length ?? 0) > 0;
}

function scaledIn(tasks: Tasks): ScaledLifetime[] {
  return tasks.flatMap(({ service: { lifetime } }) => (hasPolicies(lifetime) ? [lifetime] : []));
}

function withLifetimes(plan: Parameters<WhatIf["without"]>[0], change: (lifetime: ScaledLifetime) => ScaledLifetime) {
  return withServices(plan, (service) =>
    service.lifetime.kind === "scaled" ? { ...service, lifetime: change(service.lifetime) } : service,
  );
}

function withPolicies(plan: Parameters<WhatIf["without"]>[0], change: (policy: ScalingPolicy) => ScalingPolicy) {
  return withLifetimes(plan, (lifetime) =>
    lifetime.scaling === null
      ? lifetime
      : { ...lifetime, scaling: { ...lifetime.scaling, policies: lifetime.scaling.policies.map(change) } },
  );
}

function atOnce(alarm: Alarm): Alarm {
  return { ...alarm, datapoints: 1, datapointsToAlarm: 1 };
}

function datapoints(alarms: readonly Alarm[]): string {
  return spans(alarms.map((alarm) => alarm.datapoints));
}

/** `180`, or `20 to 180` where they differ. */
function spans(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? `${least}` : `${least} to ${most}`;
}
