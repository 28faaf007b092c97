import { isBlank, isPlaceholder, kindOf } from "../../core/model/field.ts";
import { field, refusePlaceholder } from "./fields.ts";

/** A number with or without decimals, or text that is one; null, "" and nothing are null. `what` it must be: "a number of GiB". */
export function amount(bounds: { readonly min: number; readonly max: number; readonly what: string }) {
  const { min, max, what } = bounds;
  const expected = `must be ${what} from ${min.toLocaleString("en-US")} to ${max.toLocaleString("en-US")}`;
  return field((value, refuse) => {
    if (isBlank(value)) return null;
    if (typeof value !== "number" && typeof value !== "string") {
      return refuse("wrong_type", `${expected}, not ${kindOf(value)}`);
    }
    if (typeof value === "string" && !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?\s*$/i.test(value)) {
      return isPlaceholder(value) ? refusePlaceholder(refuse) : refuse("not_a_number", expected);
    }
    const number = Number(value);
    if (!(number >= min && number <= max)) return refuse("out_of_range", expected);
    return number === 0 ? 0 : number;
  });
}
