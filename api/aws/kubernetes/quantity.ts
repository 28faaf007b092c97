import { Exact } from "../../core/model/exact.ts";
import { isBlank, isPlaceholder, kindOf } from "../../core/model/field.ts";
import { field, type Refuse, refusePlaceholder } from "../documents/fields.ts";

const decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** Bytes in a MiB. */
const mebibyte = 1024 ** 2;
/** Above any machine: 10,000 vCPUs, 1 PiB. */
const millicpuMax = 10_000_000;
const mebibytesMax = 1024 ** 3;

/** A quantity of Kubernetes (`500m`, `0.5`, `1Gi`, `1e9`), exactly; null where the text is none. Source: apimachinery resource.Quantity. */
export function quantityOf(text: string): InstanceType<typeof Exact> | null {
  const parts = /^([+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30}))(?:[eE]([+-]?\d{1,2})|([numkMGTPE]|[KMGTPE]i)?)$/.exec(
    text,
  );
  if (parts === null) return null;
  const [, number = "", exponent, suffix = ""] = parts;
  const value = new Exact(number);
  if (exponent !== undefined) return value.times(new Exact(10).pow(exponent));
  const power = binary.indexOf(suffix);
  if (power >= 0) return value.times(new Exact(1024).pow(power + 1));
  return value.times(new Exact(1000).pow(decimal.indexOf(suffix) - decimal.indexOf("")));
}

/** Thousandths of a vCPU, rounded up, as Kubernetes does. */
export function cpuQuantity() {
  return field((value, refuse) => amount(value, { perUnit: new Exact(1000), max: millicpuMax, refuse }));
}

/** MiB, rounded up. */
export function memoryQuantity() {
  return field((value, refuse) => amount(value, { perUnit: new Exact(1).div(mebibyte), max: mebibytesMax, refuse }));
}

function amount(
  value: unknown,
  { perUnit, max, refuse }: { perUnit: InstanceType<typeof Exact>; max: number; refuse: Refuse },
): number | null {
  if (isBlank(value)) return null;
  if (typeof value !== "string" && typeof value !== "number") {
    return refuse("wrong_type", `must be a quantity such as 500m or 1Gi, not ${kindOf(value)}`);
  }
  const read = quantityOf(String(value).trim());
  if (read === null) {
    if (typeof value === "string" && isPlaceholder(value)) return refusePlaceholder(refuse);
    return refuse("not_a_quantity", "must be a quantity such as 500m or 1Gi");
  }
  const whole = read.times(perUnit).toDecimalPlaces(0, Exact.ROUND_UP).toNumber();
  if (whole < 0 || whole > max) return refuse("out_of_range", "is less than 0 or more than any machine has");
  return whole;
}
