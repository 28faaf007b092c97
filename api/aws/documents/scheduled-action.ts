import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { ScheduledAction } from "../../core/model/scaling.ts";
import { isTimeZone } from "../../core/model/time-zone.ts";
import { hasNumericWeekday, isSchedule } from "../calendar.ts";
import { fieldsOf, objectOf, problemsOf, text, whole } from "./fields.ts";
import type { ScalingPart } from "./scaling-parts.ts";
import { timestamp } from "./timestamp.ts";

const capacity = whole({ min: 0, max: 1_000_000, unit: "tasks" });

/** Source: botocore application-autoscaling 2016-02-06, PutScheduledActionRequest and ScheduledAction. */
const scheduledAction = fieldsOf({
  ScheduledActionName: text(256),
  Schedule: text(1600),
  Timezone: text(64),
  StartTime: timestamp(),
  EndTime: timestamp(),
  ScalableTargetAction: objectOf({ MinCapacity: capacity, MaxCapacity: capacity }),
});

export interface ScheduledActionReading {
  readonly actions: readonly ScheduledAction[];
  readonly notes: readonly { readonly code: string; readonly text: string }[];
  readonly problems: readonly Problem[];
}

export function readScheduledAction({ value, path }: ScalingPart): ScheduledActionReading {
  const parsed = scheduledAction.safeParse(value);
  if (!parsed.success) return { actions: [], notes: [], problems: problemsOf(parsed.error, path) };
  const { ScheduledActionName, Schedule, Timezone, StartTime, EndTime, ScalableTargetAction } = parsed.data;
  const min = ScalableTargetAction?.MinCapacity ?? null;
  const max = ScalableTargetAction?.MaxCapacity ?? null;
  const name = ScheduledActionName ?? "A scheduled action";
  const timeZone = Timezone ?? "UTC";
  const problems: Problem[] = [];
  const report = (code: string, field: string, message: string) =>
    problems.push({ code, path: fieldPath(path, field), message });
  if (Schedule === null || !isSchedule(Schedule)) {
    const ways = "at(2026-11-01T00:00:00), rate(1 hour) or cron(0 9 * * ? *)";
    report("not_a_schedule", "Schedule", `Schedule must be one of AWS's expressions, such as ${ways}.`);
  }
  if (!isTimeZone(timeZone)) {
    report("not_a_time_zone", "Timezone", "Timezone must be the name of a time zone, such as Europe/Berlin.");
  }
  if (min === null && max === null) {
    report("required", "ScalableTargetAction", "ScalableTargetAction needs a MinCapacity or a MaxCapacity.");
  }
  if (min !== null && max !== null && min > max) {
    report("out_of_range", "ScalableTargetAction.MaxCapacity", "MaxCapacity is below MinCapacity.");
  }
  if (problems.length > 0 || Schedule === null) return { actions: [], notes: [], problems };
  const schedule = { expression: Schedule, timeZone, startSeconds: StartTime, endSeconds: EndTime };
  return { actions: [{ name, schedule, min, max }], notes: weekdayNotes(name, Schedule), problems };
}

/** AWS's guide lets 2 be a Tuesday, its event rules let it be a Monday. */
function weekdayNotes(name: string, expression: string): ScheduledActionReading["notes"] {
  if (!hasNumericWeekday(expression)) return [];
  const text = `${name} gives days of the week as numbers, which AWS explains in two ways: 0 and 7 are taken for Sunday, 1 for Monday. Names such as MON-FRI are sure.`;
  return [{ code: "numeric_weekday", text }];
}
