import { Decimal } from "decimal.js";
import type { DocumentFormat } from "../model/document.ts";
import {
  isBlank,
  isDay,
  isEmpty,
  isPlaceholder,
  isSnapshotId,
  kindOf,
  notSupportedYet,
  unknownFields,
} from "../model/field.ts";
import { type Effort, efforts } from "../model/packing.ts";
import type { Problem } from "../model/problem.ts";
import { readPeriod } from "./period.ts";

/** What a request says besides its documents. */
export interface Frame {
  readonly periodSeconds: number;
  readonly monthSeconds: number;
  /** ISO day; null: not said. */
  readonly asOf: string | null;
  readonly snapshot: string | null;
  /** Ids of the options asked for; null: all. */
  readonly options: readonly string[] | null;
  readonly effort: Effort;
  readonly seed: number;
  /** Seeded runs that a range is taken from; 1: none. */
  readonly simulations: number;
  /** The period's first instant in seconds since 1970 UTC; null: not said. */
  readonly startSeconds: number | null;
  readonly timeZone: string;
  readonly problems: readonly Problem[];
}

const ownFields = [
  "region",
  "hours",
  "monthHours",
  "period",
  "asOf",
  "snapshot",
  "options",
  "effort",
  "seed",
  "simulations",
];
const reservedFields = ["commitments"];

export function readFrame(request: Readonly<Record<string, unknown>>, formats: readonly DocumentFormat[]): Frame {
  const problems: Problem[] = [];
  const { failures, ...fields } = request;
  const known = [...ownFields, ...reservedFields, ...formats.map((format) => format.field)];
  const report = (problem: Problem) => problems.push(problem);
  return {
    periodSeconds: readHours(request.hours, "hours", report),
    monthSeconds: readHours(request.monthHours, "monthHours", report),
    asOf: readDay(request.asOf, report),
    snapshot: readSnapshot(request.snapshot, report),
    options: readOptions(request.options, report),
    effort: readEffort(request.effort, report),
    seed: readSeed(request.seed, report),
    simulations: readSimulations(request.simulations, report),
    ...readPeriod(request.period, report),
    problems: [
      ...unknownFields(fields, "", known),
      ...reservedFields.filter((name) => !isEmpty(request[name])).map((name) => notSupportedYet("", name)),
      ...problems,
      ...failureProblems(failures),
    ],
  };
}

/** A month as calculators count it; a leap year. */
const defaultHours = 730;
const hoursMax = 8784;

/** Hours, a number or a decimal text, as seconds. */
function readHours(value: unknown, path: string, report: (problem: Problem) => void): number {
  const refuse = (code: string, message: string) => {
    report({ code, path, message });
    return defaultHours * 3600;
  };
  if (isBlank(value)) return defaultHours * 3600;
  if (typeof value !== "number" && typeof value !== "string") {
    return refuse("wrong_type", `${path} must be a number of hours, not ${kindOf(value)}.`);
  }
  const digits = String(value).trim();
  if (typeof value === "string" && isPlaceholder(digits)) {
    return refuse("placeholder", `${path} is a placeholder: write the number of hours.`);
  }
  if (!/^[+-]?(\d{1,20}(\.\d{0,40})?|\.\d{1,40}|\d(\.\d+)?e[+-]\d+)$/.test(digits)) {
    return refuse("not_a_number", `${path} must be a number of hours, such as 730 or "0.5".`);
  }
  const hours = new Decimal(digits);
  if (hours.lessThanOrEqualTo(0) || hours.greaterThan(hoursMax)) {
    return refuse("out_of_range", `${path} must be above 0 and at most ${hoursMax} (a year).`);
  }
  const seconds = hours.times(3600);
  if (!seconds.isInteger()) return refuse("not_whole", `${path} must come to whole seconds.`);
  return seconds.toNumber();
}

/** A day that the calendar has. */
function readDay(value: unknown, report: (problem: Problem) => void): string | null {
  if (isBlank(value)) return null;
  if (isDay(value)) return value;
  report({ code: "not_a_day", path: "asOf", message: "asOf must be a day such as 2026-10-01." });
  return null;
}

function readSnapshot(value: unknown, report: (problem: Problem) => void): string | null {
  if (isBlank(value)) return null;
  if (isSnapshotId(value)) return value;
  const message = "snapshot must be the id of a price snapshot, as an answer or GET /v1/snapshots gives it.";
  report({ code: "not_a_snapshot", path: "snapshot", message });
  return null;
}

function readOptions(value: unknown, report: (problem: Problem) => void): readonly string[] | null {
  if (isBlank(value) || (Array.isArray(value) && value.length === 0)) return null;
  if (!Array.isArray(value)) {
    report({
      code: "wrong_type",
      path: "options",
      message: `options must be a list of option ids, not ${kindOf(value)}.`,
    });
    return null;
  }
  const ids: string[] = [];
  for (const [position, id] of value.entries()) {
    if (typeof id === "string" && /^[a-z0-9-]{1,64}$/.test(id)) ids.push(id);
    else {
      const message = "options must hold ids of options: small letters, digits and hyphens.";
      report({ code: "not_an_option", path: `options[${position}]`, message });
    }
  }
  return ids;
}

/** What a describe call could not find would be missing from the price. */
function failureProblems(value: unknown): Problem[] {
  if (isEmpty(value)) return [];
  const message =
    "failures is not empty: something that was asked for is not in this output. Describe it again, or take failures out.";
  return [{ code: "describe_failures", path: "failures", message }];
}

function readEffort(value: unknown, report: (problem: Problem) => void): Effort {
  const effort = isBlank(value) ? "standard" : efforts.find((known) => known === value);
  if (effort !== undefined) return effort;
  report({ code: "unknown_value", path: "effort", message: `effort must be one of ${efforts.join(", ")}.` });
  return "standard";
}

function readSeed(value: unknown, report: (problem: Problem) => void): number {
  if (isBlank(value)) return 1;
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  report({ code: "not_whole", path: "seed", message: "seed must be a whole number, at least 0." });
  return 1;
}

const simulationsMax = 100;

function readSimulations(value: unknown, report: (problem: Problem) => void): number {
  if (isBlank(value)) return 1;
  if (Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= simulationsMax) return Number(value);
  const message = `simulations must be a whole number from 1 to ${simulationsMax}: generated loads are played with so many seeds.`;
  report({ code: "out_of_range", path: "simulations", message });
  return 1;
}
