import { isEmpty, isObject, kindOf } from "../../core/model/field.ts";
import { field } from "./fields.ts";

/** Tags as AWS lists them, `[{ "key": "owner", "value": "shop" }]`, or as people write them, `{ "owner": "shop" }`. */
export function tags() {
  return field((value, refuse): Record<string, string> => {
    if (isEmpty(value)) return {};
    if (Array.isArray(value)) return recordOf(value.filter(isObject).map((tag) => [tag.key, tag.value]));
    if (isObject(value)) return recordOf(Object.entries(value));
    return refuse("wrong_type", `must be an object or a list of keys and values, not ${kindOf(value)}`);
  });
}

function recordOf(pairs: readonly (readonly [key: unknown, value: unknown])[]): Record<string, string> {
  const kept = pairs.flatMap(([key, value]) => {
    // A key that reaches into the prototype of whoever copies the tags is nobody's tag.
    if (typeof key !== "string" || key === "" || key === "__proto__") return [];
    return typeof value === "object" ? [] : [[key, String(value ?? "")] as const];
  });
  return Object.fromEntries(kept);
}
