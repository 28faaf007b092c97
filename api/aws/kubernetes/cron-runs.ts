const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const macros: Readonly<Record<string, string>> = {
  ...{ "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0" },
  ...{ "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *" },
};

/** Monday, 5 January 2026: where a period without a start begins. */
const mondaySeconds = 1_767_571_200;
const daySeconds = 86_400;

/** How often a CronJob's schedule comes in a period that begins on a Monday at midnight; null where it cannot be read. */
export function cronRuns(schedule: string, periodSeconds: number): number | null {
  const fields = (macros[schedule.trim().toLowerCase()] ?? schedule).trim().toLowerCase().split(/\s+/);
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = ""] = fields;
  const minutes = numbersOf(minute, { min: 0, max: 59, names: [] });
  const hours = numbersOf(hour, { min: 0, max: 23, names: [] });
  const ofMonth = numbersOf(dayOfMonth, { min: 1, max: 31, names: [] });
  const inMonths = numbersOf(month, { min: 1, max: 12, names: months });
  const ofWeek = numbersOf(dayOfWeek, { min: 0, max: 7, names: days });
  if (fields.length !== 5 || !minutes || !hours || !ofMonth || !inMonths || !ofWeek) return null;
  const times = [...hours].flatMap((h) => [...minutes].map((m) => h * 3600 + m * 60));
  // Where both days are limited either will do (man 5 crontab).
  const either = !dayOfMonth.startsWith("*") && !dayOfWeek.startsWith("*");
  let runs = 0;
  for (let from = 0; from < periodSeconds; from += daySeconds) {
    const day = new Date((mondaySeconds + from) * 1000);
    const [inMonth, inWeek] = [ofMonth.has(day.getUTCDate()), ofWeek.has(day.getUTCDay())];
    const isDue = inMonths.has(day.getUTCMonth() + 1) && (either ? inMonth || inWeek : inMonth && inWeek);
    if (isDue) runs += times.filter((second) => from + second < periodSeconds).length;
  }
  return runs;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

/** Of a list of numbers, ranges and steps; Sunday is 0 and 7. */
function numbersOf(text: string, range: Range): ReadonlySet<number> | null {
  const numbers = new Set<number>();
  for (const part of text.split(",")) {
    const parsed = /^(?:\*|\?|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (parsed === null) return null;
    const [, first, last, step] = parsed;
    const from = first === undefined ? range.min : numberOf(first, range);
    const single = step === undefined && first !== undefined ? from : range.max;
    const to = last === undefined ? single : numberOf(last, range);
    if (from === null || to === null || to < from || step === "0") return null;
    for (let number = from; number <= to; number += Number(step ?? 1)) numbers.add(number);
  }
  if (range.names === days && numbers.has(7)) numbers.add(0);
  return numbers;
}

function numberOf(text: string, { min, max, names }: Range): number | null {
  const named = names.indexOf(text);
  const number = named >= 0 ? named + min : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : null;
}
