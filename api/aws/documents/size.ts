import { isBlank, isPlaceholder, kindOf } from "../../core/model/field.ts";
import { type Bounds, field, type Refuse, refusePlaceholder, within } from "./fields.ts";

/** Far above any size that is sold, so that a slip of the keyboard is caught and what a size may be stays data. */
export const cpuBounds: Bounds = { min: 0, max: 1_048_576, unit: "CPU units" };
export const memoryBounds: Bounds = { min: 0, max: 67_108_864, unit: "MiB" };

/**
 * Task-level CPU in CPU units: `1024`, `"1024"`, `"1 vCPU"`, `".5 vcpu"`. 0 is as good as absent: null.
 * Source: botocore ecs 2014-11-13, RegisterTaskDefinitionRequest.cpu.
 */
export function cpuSize() {
  const ways = `must be CPU units ("1024") or vCPU ("1 vCPU")`;
  return field((value, refuse) =>
    readSize(value, { bounds: cpuBounds, ways, factors: { vcpu: 1024, vcpus: 1024 } }, refuse),
  );
}

/**
 * Task-level memory in MiB: `2048`, `"2048"`, `"2 GB"`, `"0.5GB"`. 1 GB is 1024 MiB. 0 is as good as absent: null.
 * Source: botocore ecs 2014-11-13, RegisterTaskDefinitionRequest.memory. "MB", "MiB" and "GiB" can mean nothing else.
 */
export function memorySize() {
  const ways = `must be MiB ("2048") or GB ("2 GB")`;
  const factors = { gb: 1024, gib: 1024, mb: 1, mib: 1 };
  return field((value, refuse) => readSize(value, { bounds: memoryBounds, ways, factors }, refuse));
}

interface Size {
  readonly bounds: Bounds;
  readonly ways: string;
  readonly factors: Readonly<Record<string, number>>;
}

function readSize(value: unknown, size: Size, refuse: Refuse): number | null {
  if (isBlank(value)) return null;
  if (typeof value === "number") return within(value, size.bounds, refuse) || null;
  if (typeof value !== "string") return refuse("wrong_type", `${size.ways}, not ${kindOf(value)}`);
  const [, sign = "", digits, unit = ""] = /^\s*([+-]?)(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*)\s*$/i.exec(value) ?? [];
  const factor = unit === "" ? 1 : size.factors[unit.toLowerCase()];
  if (digits === undefined || factor === undefined) {
    return isPlaceholder(value) ? refusePlaceholder(refuse) : refuse("not_a_size", size.ways);
  }
  // Exact: a decimal that is a whole number of 1024ths is a binary fraction too.
  return within(Number(`${sign}${digits}`) * factor, size.bounds, refuse) || null;
}
