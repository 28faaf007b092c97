import type { ScaledServices } from "../core/model/comparison.ts";
import { Exact } from "../core/model/exact.ts";
import type { CapacityProviderReport, ScalingReport } from "../core/model/scaling.ts";
import { inCents } from "../core/model/shown.ts";

/** Steps of a timeline that an answer holds at most; of longer ones it holds the profile only. */
const stepsMax = 1000;
const profileMax = 66;
/** From a minute to four weeks: what people count time in, so that a day's rhythm shows or is averaged out, but is never cut across. */
const stretches = [60, 300, 600, 900, 1800, 3600, 7200, 10_800, 86_400, 604_800, 2_419_200];

/** What became of the services that scale, as the answer has it. Shares are of the period, to six decimals. */
export function scalingDocument(scaled: ScaledServices) {
  const { services, capacityProviders, fixedAtMaximum, fixedAtPeak, unmetShare, range } = scaled;
  return {
    fixedAtMaximum: fixedAtMaximum && inCents(fixedAtMaximum),
    fixedAtPeak: fixedAtPeak && inCents(fixedAtPeak),
    unmetShare: unmetShare === null ? null : share(unmetShare),
    range: range && { simulations: range.simulations, p50: inCents(range.p50), p90: inCents(range.p90) },
    services: services.map(serviceDocument),
    capacityProviders: capacityProviders.map(capacityProviderDocument),
  };
}

function serviceDocument(report: ScalingReport) {
  const { service, periodSeconds, timeline, tasks, unmetSeconds, underTargetSeconds, waiting } = report;
  return {
    service,
    taskHours: hours(report.taskSeconds),
    taskStarts: report.taskStarts,
    tasks: { ...tasks, mean: new Exact(report.taskSeconds).div(periodSeconds).toDecimalPlaces(3).toFixed() },
    desiredPeak: report.desiredPeak,
    unmetShare: unmetSeconds === null ? null : share(unmetSeconds / periodSeconds),
    underTargetShare: underTargetSeconds === null ? null : share(underTargetSeconds / periodSeconds),
    waiting: waiting && {
      tasks: waiting.tasks,
      taskHours: hours(waiting.taskSeconds),
      longestSeconds: waiting.longestSeconds,
      p95Seconds: waiting.p95Seconds,
    },
    profile: profileOf(
      timeline.map(({ startSeconds, alive }) => [startSeconds, alive]),
      periodSeconds,
    ),
    timeline: timeline.length > stepsMax ? null : timeline,
  };
}

function capacityProviderDocument(report: CapacityProviderReport) {
  const { provider, instanceTypes, peak, instanceSeconds, launches, timeline, periodSeconds } = report;
  return {
    capacityProvider: provider,
    instanceTypes,
    peak,
    instanceHours: hours(instanceSeconds),
    launches,
    profile: profileOf(
      timeline.map(({ startSeconds, instances }) => [startSeconds, instances]),
      periodSeconds,
    ),
    timeline: timeline.length > stepsMax ? null : timeline,
  };
}

function hours(seconds: number): string {
  return new Exact(seconds).div(3600).toDecimalPlaces(6).toFixed();
}

function share(part: number): string {
  return new Exact(part).toDecimalPlaces(6).toFixed();
}

/** The period in stretches of one length: how many there were on average in each, and at most. Steps: from which second on how many. */
function profileOf(steps: readonly (readonly [startSeconds: number, count: number])[], periodSeconds: number) {
  const natural = stretches.find((length) => periodSeconds <= length * profileMax);
  const stepSeconds = natural ?? Math.ceil(periodSeconds / profileMax);
  const seconds = new Array<number>(Math.ceil(periodSeconds / stepSeconds)).fill(0);
  const max = seconds.map(() => 0);
  for (const [at, [startSeconds, count]] of steps.entries()) {
    const end = steps[at + 1]?.[0] ?? periodSeconds;
    for (let stretch = Math.floor(startSeconds / stepSeconds); stretch * stepSeconds < end; stretch++) {
      const from = Math.max(startSeconds, stretch * stepSeconds);
      const until = Math.min(end, (stretch + 1) * stepSeconds);
      seconds[stretch] = (seconds[stretch] ?? 0) + count * (until - from);
      max[stretch] = Math.max(max[stretch] ?? 0, count);
    }
  }
  const lengthOf = (stretch: number) => Math.min(stepSeconds, periodSeconds - stretch * stepSeconds);
  const mean = seconds.map((sum, stretch) => new Exact(sum).div(lengthOf(stretch)).toDecimalPlaces(3).toFixed());
  return { stepSeconds, mean, max };
}
