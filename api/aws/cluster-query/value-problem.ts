import { instantOf } from "./instant.ts";
import type { Subject } from "./subject.ts";
import { isVersion } from "./version.ts";

/** What is wrong with a value (not a pattern) that the subject is compared with; null: nothing. The value is not quoted. */
export function valueProblem(subject: Subject, value: string): string | null {
  if (value === "") return "the value is empty, which nothing equals";
  switch (subject) {
    case "agentConnected":
      return value === "true" || value === "false" ? null : "agentConnected is compared with true or false";
    case "agentVersion":
      return isVersion(value) ? null : "agentVersion is compared with a version such as 1.14.5";
    case "registeredAt":
      return instantOf(value) === null
        ? "registeredAt is compared with a date such as 2018-06-18 or 2018-06-18T22:28:28Z"
        : null;
    case "runningTasksCount":
      return /^(0|[1-9]\d{0,8})$/.test(value) ? null : "runningTasksCount is compared with a whole number such as 1";
    default:
      return null;
  }
}
