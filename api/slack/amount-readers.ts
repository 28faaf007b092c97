import { isDay } from "../core/model/field.ts";
import { cpuText, type Running } from "./command.ts";
import { type Found, type Part, type Reader, reader } from "./part.ts";

/** What has a number in it: days, hours, sizes, counts. */
export function amountReaders(): Reader[] {
  return [...dayReaders(), ...runningReaders(), ...sizeReaders(), ...timesReaders()];
}

const number = "(?<number>\\d{1,9}(?:\\.\\d{1,10})?|\\.\\d{1,10})";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function timesReaders(): Reader[] {
  const count = (found: Found, text: string): Part => {
    const times = Number(found.number);
    if (Number.isInteger(times) && times >= 1 && times <= 1_000_000) return { is: "times", times };
    const meant = { is: "times", times: Math.min(1_000_000, Math.max(1, Math.round(times))) } as const;
    return { is: "slip", text, why: "must be a whole number from 1 to 1,000,000", meant };
  };
  return [
    // What is multiplied may follow at once: 6x0.5vcpu.
    { pattern: new RegExp(`${number}\\s*(?:x(?=[\\s,;.\\d]|$)|\\*)`, "iuy"), read: count },
    reader(`(?:x|\\*)\\s*${number}`, count),
    reader(`${number}\\s*(?:tasks?|copies|replicas|times)`, count),
  ];
}

function sizeReaders(): Reader[] {
  const cpu = (found: Found, text: string): Part => {
    const said = Number(found.number);
    const areUnits = found.units !== undefined || (found.cpu !== undefined && said >= 64);
    const cpuUnits = areUnits ? said : said * 1024;
    if (Number.isInteger(cpuUnits) && cpuUnits > 0) return { is: "cpu", cpuUnits };
    const meant = { is: "cpu", cpuUnits: Math.max(1, Math.ceil(cpuUnits / 256)) * 256 } as const;
    return { is: "slip", text, why: `is no whole number of CPU units (${cpuText(1024)} has 1,024)`, meant };
  };
  return [
    reader(`${number}\\s*-?\\s*(?:(?<units>cpu[\\s-]*units?)|v[\\s-]*cpus?|cores?|(?<cpu>cpus?))`, cpu),
    reader(`${number}\\s*-?\\s*(?<unit>g|m)i?b?(?:\\s*(?:of\\s*)?(?:memory|ram|mem))?`, (found, text) => {
      const memoryMiB = Number(found.number) * (found.unit?.toLowerCase() === "g" ? 1024 : 1);
      if (Number.isInteger(memoryMiB) && memoryMiB > 0) return { is: "memory", memoryMiB };
      const meant = { is: "memory", memoryMiB: Math.max(1, Math.ceil(memoryMiB)) } as const;
      return { is: "slip", text, why: "is no whole number of MiB", meant };
    }),
  ];
}

function runningReaders(): Reader[] {
  const hour = `${number}\\s*-?\\s*h(?:(?:ou)?rs?)?\\.?`;
  const running =
    (per: Running["per"], most: number) =>
    (found: Found, text: string): Part => {
      const hours = Number(found.number);
      if (hours > 0 && hours <= most) return { is: "running", running: { hours, per } };
      return { is: "slip", text, why: `must be more than 0 and at most ${most} hours`, meant: null };
    };
  const each = "\\s*(?:\\/|per|an?|each|every)\\s*";
  const hoursIn: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168, m: 730, y: 8760 };
  return [
    reader(`${hour}(?:${each}|\\s*on\\s*)(?:week|work|business)[\\s-]*days?`, running("weekday", 24)),
    reader(`${hour}(?:${each}d(?:ay)?|\\s*daily)`, running("day", 24)),
    reader(`${hour}${each}mo(?:nth)?`, running("month", 730)),
    reader(
      `(?:for\\s+)?${number}\\s*-?\\s*(?<unit>h|d|w|y|mo)(?:(?:ou)?rs?|ays?|eeks?|ears?|nths?)?`,
      ({ number: count, unit = "h" }) => ({
        ...{ is: "hours", hours: Number(count) * (hoursIn[unit.charAt(0).toLowerCase()] ?? 1) },
      }),
    ),
    reader(
      "(?:for|per|a|\\/)\\s*(?:an?\\s+|one\\s+)?(?<unit>hour|day|week|month|year)|(?<adverb>yearly|annually|monthly)",
      ({ unit, adverb = "" }) => ({
        ...{
          is: "hours",
          hours: hoursIn[unit?.charAt(0).toLowerCase() ?? (adverb.startsWith("m") ? "m" : "y")] ?? 730,
        },
      }),
    ),
  ];
}

function dayReaders(): Reader[] {
  const when = "(?:(?:as\\s*-?\\s*of|asof|on|from)\\s*[=:]?\\s*)?";
  const month = `(?<month>${months.join("|")})[a-z]*\\.?`;
  const day = (found: Found, text: string): Part => {
    const named = months.indexOf(found.month?.toLowerCase() ?? "") + 1;
    const two = (digits: string) => digits.padStart(2, "0");
    const iso = `${found.year}-${two(named > 0 ? `${named}` : (found.month ?? ""))}-${two(found.day ?? "")}`;
    if (isDay(iso)) return { is: "day", day: iso };
    return { is: "slip", text, why: "is no day of the calendar", meant: null };
  };
  return [
    reader(`${when}(?<year>\\d{4})[-\\/.](?<month>\\d{1,2})[-\\/.](?<day>\\d{1,2})`, day),
    reader(`${when}(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4})`, day),
    reader(`${when}(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+${month}\\s+(?<year>\\d{4})`, day),
    reader(`${when}${month}\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})`, day),
    reader("(?:as\\s*-?\\s*of|asof)\\s*[=:]?\\s*[^\\s,;@]+|on\\s+\\d\\S*", (_, text) => ({
      ...{ is: "slip", text, why: "is no day as I read it: year, month, day, as in 2026-09-01", meant: null },
    })),
  ];
}
