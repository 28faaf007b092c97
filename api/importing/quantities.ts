import { Decimal } from "decimal.js";
import type { ColumnUnit } from "./columns.ts";
import { type NumberStyle, type Reading, read, readNumber, refused } from "./numbers.ts";

/** How text is to be read. */
export interface QuantityStyle {
  readonly numbers: NumberStyle | null;
  /** Of the column, for numbers without one. */
  readonly unit: ColumnUnit;
}

const vcpuMax = 192;

/**
 * CPU units, of which 1024 are a vCPU. A number without a unit is what its header says; below `vCPU` and `CPU` small ones are vCPU and
 * those from 256 CPU units, as in task definitions, where a vCPU is "1 vCPU" or "1024"; what lies between is refused.
 */
export function readCpuUnits(text: string, { numbers, unit }: QuantityStyle): Reading<number> {
  const parts = split(text);
  const number = readNumber(parts.number, numbers);
  if (!number.ok) return number;
  const written = parts.unit === "" ? cpuUnitOf(number.value, unit) : cpuWords.get(parts.unit);
  if (written === null) {
    const both = `write ${number.value} vCPU or ${number.value} units`;
    return refused("ambiguous_unit", `it could be vCPU or CPU units (1024 to a vCPU); ${both}`);
  }
  if (written === undefined) {
    return refused(
      "unknown_unit",
      `the unit "${parts.unit}" is none of CPU. Write such as 0.25 vCPU, 256 units or 250m`,
    );
  }
  const units = number.value.mul(unitsOf[written]);
  if (units.lte(0) || units.gt(vcpuMax * 1024)) {
    return refused("out_of_range", `a task has more than 0 and at most ${vcpuMax} vCPU`);
  }
  if (!units.isInteger()) {
    return refused(
      "fractional_cpu_units",
      `it is ${units} CPU units, and ECS has whole ones only. Write ${units.ceil()} units`,
    );
  }
  return read(units.toNumber());
}

type CpuUnit = "vCPU" | "CPU units" | "millicores";

const unitsOf: Readonly<Record<CpuUnit, Decimal>> = {
  vCPU: new Decimal(1024),
  "CPU units": new Decimal(1),
  millicores: new Decimal("1.024"),
};

const cpuWords = new Map<string, CpuUnit>([
  ...["vcpu", "vcpus", "cpu", "cpus", "core", "cores", "vcore", "vcores"].map((word) => [word, "vCPU"] as const),
  ...["unit", "units", "cpuunit", "cpuunits", "cu"].map((word) => [word, "CPU units"] as const),
  ...["m", "mcpu", "millicore", "millicores", "millicpu"].map((word) => [word, "millicores"] as const),
]);

/** Null: it could be either. */
function cpuUnitOf(value: Decimal, unit: ColumnUnit): CpuUnit | null {
  if (unit === "CPU units" || unit === "millicores") return unit;
  if (value.lte(unit === "vCPU" ? vcpuMax : smallMax)) return "vCPU";
  return value.gte(256) ? "CPU units" : null;
}

/** Above it a number without a unit is not surely of the large one. */
const smallMax = 32;

const mebibytesMax = 32 * 1024 * 1024;

/** MiB, of which 1024 are a GB, as AWS counts them. Numbers without a unit are as the header says; else up to 32 GB, and MiB from 128. */
export function readMemoryMiB(text: string, { numbers, unit }: QuantityStyle): Reading<number> {
  const parts = split(text);
  const number = readNumber(parts.number, numbers);
  if (!number.ok) return number;
  const factor = parts.unit === "" ? memoryFactorOf(number.value, unit) : memoryWords.get(parts.unit);
  if (factor === null) {
    return refused("ambiguous_unit", `it could be GB or MiB; write ${number.value} GB or ${number.value} MiB`);
  }
  if (factor === undefined) {
    return refused("unknown_unit", `the unit "${parts.unit}" is none of memory. Write such as 2 GB or 512 MiB`);
  }
  const mebibytes = number.value.mul(factor);
  if (mebibytes.lte(0) || mebibytes.gt(mebibytesMax)) {
    return refused("out_of_range", "a task has more than 0 and at most 32 TB of memory");
  }
  if (!mebibytes.isInteger()) {
    const message = `it is ${mebibytes} MiB, and ECS has whole ones only. Write ${mebibytes.ceil()} MiB`;
    return refused("fractional_mebibytes", message);
  }
  return read(mebibytes.toNumber());
}

const memoryWords = new Map<string, number>([
  ...["mb", "mib", "m", "mi", "megabyte", "megabytes", "mebibyte", "mebibytes"].map((word) => [word, 1] as const),
  ...["gb", "gib", "g", "gi", "gigabyte", "gigabytes", "gibibyte", "gibibytes"].map((word) => [word, 1024] as const),
  ...["tb", "tib", "t", "ti"].map((word) => [word, 1024 * 1024] as const),
]);

function memoryFactorOf(value: Decimal, unit: ColumnUnit): number | null {
  if (unit === "GB") return 1024;
  if (unit === "MiB") return 1;
  if (value.lte(smallMax)) return 1024;
  return value.gte(128) ? 1 : null;
}

const tasksMax = 1_000_000;

export function readCount(text: string, { numbers }: Pick<QuantityStyle, "numbers">): Reading<number> {
  const number = readNumber(text, numbers);
  if (!number.ok) return number;
  if (!number.value.isInteger()) return refused("not_whole", "tasks are counted in whole numbers");
  if (number.value.lt(0) || number.value.gt(tasksMax)) {
    return refused("out_of_range", `it must be from 0 to ${tasksMax}`);
  }
  return read(number.value.toNumber());
}

const hoursMax = 8784;

/** Decimal hours of the priced period, or all of it: null. */
export function readHours(text: string, { numbers }: Pick<QuantityStyle, "numbers">): Reading<string | null> {
  if (/^(24\s*[/x*]\s*7|always(\s*on)?|all|immer)$/i.test(text.trim())) return read(null);
  const number = readNumber(text.replace(/\s*(h|hrs?|hours?|stunden|std\.?)$/i, ""), numbers);
  if (!number.ok) return number;
  if (number.value.lte(0) || number.value.gt(hoursMax)) {
    const message = `it must be more than 0 and at most ${hoursMax} hours; write 24/7 or leave the cell empty for all of the period`;
    return refused("out_of_range", message);
  }
  return read(number.value.toFixed());
}

/** The number, and its unit in small letters without blanks. */
function split(text: string): { readonly number: string; readonly unit: string } {
  const [, number = "", unit = ""] = /^(.*?[\d.,])?\s*([\p{L}][\p{L}\s]*)?$/u.exec(text.normalize("NFKC").trim()) ?? [];
  return { number: number === "" ? text : number, unit: unit.toLowerCase().replace(/\s/gu, "") };
}
