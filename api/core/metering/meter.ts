import { type AddOn, isGiven, type Whole } from "../model/add-on.ts";
import { add, multiply } from "../model/fraction.ts";
import type { Context, LaunchType } from "../model/launch-type.ts";
import { contextOf } from "../model/launch-type.ts";
import type { InstanceLife } from "../model/placement.ts";
import type { PriceBook } from "../model/price-book.ts";
import type { Usage } from "../model/usage.ts";
import { alikeTogether, instancesAlike, type MeteredTasks } from "./alike-lives.ts";

/** What ran on one launch type. */
export interface Metered {
  readonly launchType: LaunchType;
  readonly addOns: readonly AddOn[];
  /** Tasks' lives and the share of them that ran here; only where tasks are billed. */
  readonly tasks: readonly MeteredTasks[];
  /** Instances that ran, with whatever was on them; only where instances are billed. */
  readonly instances: readonly InstanceLife[];
  /** Instances come and go in great numbers. */
  readonly comeAndGo?: boolean;
  readonly context: Context;
}

/** Usage of every SKU by what ran, alike rows added up. */
export function meter(metered: Metered): readonly Usage[] {
  const { launchType, addOns, context } = metered;
  const usages: Usage[] = [];
  if (launchType.billedBy === "task") {
    for (const { life, task, share, startSeconds, endSeconds } of alikeTogether(metered.tasks)) {
      for (const usage of launchType.meterTasks(life, task, context)) {
        usages.push({ ...usage, quantity: multiply(usage.quantity, share), startSeconds, endSeconds });
      }
    }
  } else {
    const bill = (life: InstanceLife) =>
      [launchType, ...addOns].flatMap((billing) => billing.meterInstances?.(life, context, launchType) ?? []);
    for (const life of metered.comeAndGo ? [] : metered.instances) usages.push(...bill(life));
    for (const { life, startSeconds, endSeconds } of metered.comeAndGo ? instancesAlike(metered.instances) : []) {
      for (const usage of bill(life)) usages.push({ ...usage, startSeconds, endSeconds });
    }
  }
  const ofLaunchType = usages.map((usage) => ({ ...usage, launchType: launchType.id }));
  return addedUp(ofLaunchType.filter((usage) => usage.quantity.numerator > 0n));
}

/** What an add-on, or all of them, have of usage. */
export interface MeteredAddOn {
  readonly usages: readonly Usage[];
  /** Of what has no price in the book. */
  readonly leftOut: readonly Usage[];
}

/** Usage of what comes with all that runs, whatever it runs on. */
export function meterWhole(
  whole: Whole,
  { addOns, book }: { readonly addOns: readonly AddOn[]; readonly book: PriceBook },
): MeteredAddOn {
  const metered = addOns.map((addOn) => meterAddOn(addOn, whole, { book }));
  return {
    usages: addedUp(metered.flatMap(({ usages }) => usages)),
    leftOut: addedUp(metered.flatMap(({ leftOut }) => leftOut)),
  };
}

/**
 * What has no price in the book is left out, and told by name, where the user has given no quantity for it: nobody asked for that in
 * numbers, and it must not stand in the way of all else.
 */
export function meterAddOn(addOn: AddOn, whole: Whole, { book }: { readonly book: PriceBook }): MeteredAddOn {
  const { usage } = whole.workload;
  const given = addOn.required || addOn.inputs.some((input) => isGiven(usage, input));
  const all = addOn.meterAll?.(whole, contextOf(whole.workload, book)) ?? [];
  const usages: Usage[] = [];
  const leftOut: Usage[] = [];
  for (const row of all) {
    if (row.quantity.numerator === 0n) continue;
    if (given || book.prices.has(row.sku)) usages.push(row);
    else leftOut.push(row);
  }
  return { usages, leftOut };
}

/** Alike rows as one. */
export function addedUp(usages: readonly Usage[]): readonly Usage[] {
  const rows = new Map<string, Usage>();
  for (const usage of usages) {
    const key = [usage.sku, usage.service ?? "", usage.description, usage.startSeconds, usage.endSeconds].join("\n");
    const row = rows.get(key);
    rows.set(key, row === undefined ? usage : { ...row, quantity: add(row.quantity, usage.quantity) });
  }
  return [...rows.values()];
}
