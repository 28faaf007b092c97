import { isBlank } from "../../core/model/field.ts";
import { field } from "./fields.ts";

const shape = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?\s*$/;
const millisecondsFrom = 100_000_000_000;

/** Seconds since 1970 UTC, whole, of an instant as AWS prints it: ISO 8601 (UTC where no zone is said), or a number of seconds or milliseconds. Null: none. */
export function readTimestamp(value: unknown): number | null {
  if (typeof value === "number") {
    if (!Number.isFinite(value) || value < 0) return null;
    return Math.floor(value >= millisecondsFrom ? value / 1000 : value);
  }
  if (typeof value !== "string") return null;
  if (/^\d{9,13}(\.\d+)?$/.test(value)) return readTimestamp(Number(value));
  const [, day, minute = "00:00", second = "00", zone = "Z"] = shape.exec(value) ?? [];
  if (day === undefined) return null;
  const offset = zone === "UTC" ? "Z" : zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
  const milliseconds = Date.parse(`${day}T${minute}:${second}${offset}`);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}

/** An instant; null, "" and nothing are null. */
export function timestamp() {
  return field((value, refuse) => {
    if (isBlank(value)) return null;
    return readTimestamp(value) ?? refuse("not_an_instant", "must be an instant such as 2026-11-01T00:00:00Z");
  });
}
