import type { ScaledServices } from "../core/model/comparison.ts";
import { Exact } from "../core/model/exact.ts";
import type { ScalingReport } from "../core/model/scaling.ts";
import { inCents } from "../core/model/shown.ts";

/** Steps of a timeline that an answer holds at most; of longer ones it holds the profile only. */
const stepsMax = 1000;
const profileMax = 66;
/** From a minute to four weeks: what people count time in, so that a day's rhythm shows or is averaged out, but is never cut across. */
const stretches = [60, 300, 600, 900, 1800, 3600, 7200, 10_800, 86_400, 604_800, 2_419_200];

/** What became of the services that scale, as the answer has it. Shares are of the period, to six decimals. */
export function scalingDocument({ services, fixedAtMaximum, fixedAtPeak, unmetShare, range }: ScaledServices) {
  return {
    fixedAtMaximum: fixedAtMaximum && inCents(fixedAtMaximum),
    fixedAtPeak: fixedAtPeak && inCents(fixedAtPeak),
    unmetShare: unmetShare === null ? null : share(unmetShare),
    range: range && { simulations: range.simulations, p50: inCents(range.p50), p90: inCents(range.p90) },
    services: services.map(serviceDocument),
  };
}

function serviceDocument(report: ScalingReport) {
  const { service, periodSeconds, timeline, tasks, unmetSeconds, underTargetSeconds } = report;
  return {
    service,
    taskHours: new Exact(report.taskSeconds).div(3600).toDecimalPlaces(6).toFixed(),
    taskStarts: report.taskStarts,
    tasks: { ...tasks, mean: new Exact(report.taskSeconds).div(periodSeconds).toDecimalPlaces(3).toFixed() },
    desiredPeak: report.desiredPeak,
    unmetShare: unmetSeconds === null ? null : share(unmetSeconds / periodSeconds),
    underTargetShare: underTargetSeconds === null ? null : share(underTargetSeconds / periodSeconds),
    profile: profileOf(timeline, periodSeconds),
    timeline: timeline.length > stepsMax ? null : timeline,
  };
}

function share(part: number): string {
  return new Exact(part).toDecimalPlaces(6).toFixed();
}

/** The period in stretches of one length: how many tasks were alive on average in each, and at most. */
function profileOf(timeline: ScalingReport["timeline"], periodSeconds: number) {
  const natural = stretches.find((length) => periodSeconds <= length * profileMax);
  const stepSeconds = natural ?? Math.ceil(periodSeconds / profileMax);
  const seconds = new Array<number>(Math.ceil(periodSeconds / stepSeconds)).fill(0);
  const max = seconds.map(() => 0);
  for (const [at, { startSeconds, alive }] of timeline.entries()) {
    const end = timeline[at + 1]?.startSeconds ?? periodSeconds;
    for (let stretch = Math.floor(startSeconds / stepSeconds); stretch * stepSeconds < end; stretch++) {
      const from = Math.max(startSeconds, stretch * stepSeconds);
      const until = Math.min(end, (stretch + 1) * stepSeconds);
      seconds[stretch] = (seconds[stretch] ?? 0) + alive * (until - from);
      max[stretch] = Math.max(max[stretch] ?? 0, alive);
    }
  }
  const lengthOf = (stretch: number) => Math.min(stepSeconds, periodSeconds - stretch * stepSeconds);
  const mean = seconds.map((sum, stretch) => new Exact(sum).div(lengthOf(stretch)).toDecimalPlaces(3).toFixed());
  return { stepSeconds, mean, max };
}
