import type { Scaling, ScheduledAction, StepScalingPolicy, TargetTrackingPolicy } from "../model/scaling.ts";
import { withinBounds } from "./bounds.ts";
import { stepChange } from "./step-change.ts";
import { AlarmState, Watch } from "./watch.ts";

interface Tracker {
  readonly policy: TargetTrackingPolicy;
  readonly watch: Watch;
  readonly high: AlarmState;
  readonly low: AlarmState;
}

interface Stepper {
  readonly policy: StepScalingPolicy;
  readonly watch: Watch;
  readonly alarm: AlarmState;
}

/** A computed quotient may come out a hair above the whole number that it is. */
const hair = 1e-9;

/**
 * How many tasks there are to be, decided slot by slot:
 * 1. Outward: a target-tracking policy whose high alarm is on points outward and wants ceil(count × m / target), m its newest visible
 *    datapoint (nothing where that is missing), count the mean of tasks that ran in the slots it combines; a step policy in alarm whose step
 *    makes more of the running tasks points outward and wants what the step makes of them. While a scale-out's cooldown runs, both count the
 *    tasks that ran when its first activity was decided instead. The largest want, at least min and at most max, is taken if above desired;
 *    the cooldown begins anew, one after a scale-in ends.
 * 2. Inward, only if no policy pointed outward, no deployment is under way and no scale-in's cooldown runs: if the low alarms of all
 *    target-tracking policies with scale-in are on and none of their newest datapoints is missing, they want the same of m, by the tasks it
 *    was measured on; a step policy in alarm wants its step, if fewer. The largest want, within min and max, is taken if below desired.
 * Cooldowns are those of the policy whose want is taken, from the decision on; of equals, target tracking's before a step's, then the first.
 */
export class Scaler {
  desired: number;
  outUntil = 0;
  inUntil = 0;
  readonly watches: readonly Watch[];
  /** So many seconds alike, and what policies see is all alike. */
  readonly memorySeconds: number;
  readonly #scaling: Scaling;
  readonly #trackers: readonly Tracker[];
  readonly #inward: readonly Tracker[];
  readonly #steppers: readonly Stepper[];
  #min: number;
  #max: number;
  #countBefore = 0;
  /** The largest number of tasks that a policy wants, −1 for none, and how long to wait after it is taken. */
  #wanted = -1;
  #cooldownSeconds = 0;

  constructor(scaling: Scaling, desired: number, slotSeconds: number) {
    this.desired = desired;
    this.#scaling = scaling;
    this.#min = scaling.min;
    this.#max = scaling.max;
    const trackers: Tracker[] = [];
    const steppers: Stepper[] = [];
    for (const policy of scaling.policies) {
      if (policy.kind === "target-tracking") trackers.push(trackerOf(policy, slotSeconds));
      else steppers.push(stepperOf(policy, slotSeconds));
    }
    this.#trackers = trackers;
    this.#inward = trackers.filter(({ policy }) => !policy.scaleInDisabled);
    this.#steppers = steppers;
    this.watches = [...trackers, ...steppers].map(({ watch }) => watch);
    this.memorySeconds = Math.max(
      0,
      ...trackers.map(({ watch, policy }) =>
        watch.memorySeconds(Math.max(policy.high.datapoints, policy.low.datapoints)),
      ),
      ...steppers.map(({ watch, policy }) => watch.memorySeconds(policy.alarm.datapoints)),
    );
  }

  /** Sets bounds and moves what lies outside them, cooldowns or not. */
  schedule(action: ScheduledAction): void {
    [this.#min, this.#max] = withinBounds(action, this.#min, this.#max);
    this.desired = Math.min(this.#max, Math.max(this.#min, this.desired));
  }

  decide(t: number, running: number, deploying: boolean): void {
    let alarmed = false;
    for (let at = 0; at < this.watches.length; at++) alarmed = this.watches[at]?.publish(t) || alarmed;
    if (!alarmed) return;
    if (this.#outward(t, running)) this.#scaleOut(t, running);
    else if (!deploying && t >= this.inUntil) this.#scaleIn(t, running);
  }

  /** Whether every target-tracking metric is there and at or below its target in the slot being played. */
  underTarget(): boolean {
    for (const { policy, watch } of this.#trackers) {
      if (!(watch.asDatapoint <= policy.target)) return false;
    }
    return true;
  }

  /** Whether any policy points outward; what the largest wants is in `#wanted`. */
  #outward(t: number, running: number): boolean {
    const cooling = t < this.outUntil;
    let outward = false;
    this.#wanted = -1;
    for (const { policy, watch, high } of this.#trackers) {
      if (!high.on) continue;
      outward = true;
      const count = cooling ? this.#countBefore : watch.latestRunning;
      this.#want(tracked(count, watch, policy), policy.scaleOutCooldownSeconds);
    }
    for (const { policy, watch, alarm } of this.#steppers) {
      if (!alarm.on) continue;
      const tasks = stepChange(policy, watch.latest, running);
      if (tasks === null || tasks <= running) continue;
      outward = true;
      const counted = cooling ? (stepChange(policy, watch.latest, this.#countBefore) ?? tasks) : tasks;
      this.#want(counted, policy.cooldownSeconds);
    }
    return outward;
  }

  #scaleOut(t: number, running: number): void {
    if (this.#wanted < 0 || this.#scaling.suspended.out) return;
    const tasks = Math.min(this.#max, Math.max(this.#min, this.#wanted));
    if (tasks <= this.desired) return;
    if (t >= this.outUntil) this.#countBefore = running;
    this.desired = tasks;
    this.outUntil = t + this.#cooldownSeconds;
    this.inUntil = 0;
  }

  #scaleIn(t: number, running: number): void {
    this.#wanted = -1;
    if (this.#allLow()) {
      for (const { policy, watch } of this.#inward) {
        this.#want(tracked(watch.latestRunning, watch, policy), policy.scaleInCooldownSeconds);
      }
    }
    for (const { policy, watch, alarm } of this.#steppers) {
      if (!alarm.on) continue;
      const tasks = stepChange(policy, watch.latest, running);
      if (tasks !== null && tasks < running) this.#want(tasks, policy.cooldownSeconds);
    }
    if (this.#wanted < 0 || this.#scaling.suspended.in) return;
    const tasks = Math.max(this.#min, Math.min(this.#max, this.#wanted));
    if (tasks >= this.desired) return;
    this.desired = tasks;
    this.inUntil = t + this.#cooldownSeconds;
  }

  #allLow(): boolean {
    for (const { watch, low } of this.#inward) {
      if (!low.on || Number.isNaN(watch.latest)) return false;
    }
    return this.#inward.length > 0;
  }

  #want(tasks: number, cooldownSeconds: number): void {
    if (!(tasks > this.#wanted)) return;
    this.#wanted = tasks;
    this.#cooldownSeconds = cooldownSeconds;
  }
}

function trackerOf(policy: TargetTrackingPolicy, slotSeconds: number): Tracker {
  const high = new AlarmState(policy.high);
  const low = new AlarmState(policy.low);
  return { policy, watch: new Watch(policy.metric, [high, low], slotSeconds), high, low };
}

function stepperOf(policy: StepScalingPolicy, slotSeconds: number): Stepper {
  const alarm = new AlarmState(policy.alarm);
  return { policy, watch: new Watch(policy.metric, [alarm], slotSeconds), alarm };
}

/** NaN where the datapoint is missing: no number is wanted. */
function tracked(count: number, watch: Watch, policy: TargetTrackingPolicy): number {
  return Math.ceil((count * watch.latest) / policy.target - hair);
}
