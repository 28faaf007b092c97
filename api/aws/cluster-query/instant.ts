import { isDay } from "../../core/model/field.ts";

const form = /^(\d{4}-\d\d-\d\d)(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))?)?$/;

/**
 * Seconds since 1970 of 2018-06-18T22:28:28+00:00, 2018-06-18T22:28:28Z, 2018-06-18T22:28:28 or 2018-06-18; where no zone is written, UTC is
 * taken. Null: it is no such date.
 * Source: ECS developer guide, cluster-query-language.md, `registeredAt`.
 */
export function instantOf(text: string): number | null {
  const [, day, hours = "0", minutes = "0", seconds = "0", sign, offsetHours, offsetMinutes] = form.exec(text) ?? [];
  if (!isDay(day)) return null;
  const [year, month, dayOfMonth] = day.split("-").map(Number);
  const days = Date.UTC(year ?? 0, (month ?? 0) - 1, dayOfMonth) / 86_400_000;
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0));
  return days * 86_400 + Number(hours) * 3600 + (Number(minutes) - offset) * 60 + Number(seconds);
}
