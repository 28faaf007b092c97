import type { Decimal } from "decimal.js";
import { billed, type Priced } from "./estimate.ts";
import { addedUp, type MeteredAddOn, meterAddOn } from "./metering/meter.ts";
import { type AddOn, type UsageInput, withDefault } from "./model/add-on.ts";
import type { Market } from "./model/catalogue.ts";
import type { Charge } from "./model/charge.ts";
import { Exact } from "./model/exact.ts";
import type { GivenUsage, Workload } from "./model/workload.ts";
import { rate } from "./rating/rate.ts";

export interface Rebilled {
  readonly total: Decimal;
  /** How many things have no price. */
  readonly unpriced: number;
}

/** What comes of a run with another default of an input; null: nothing else than before. */
export type Rebill = (input: UsageInput, amount: number) => Rebilled | null;

/**
 * The same to the last decimal as billing the whole run anew, which would take as long for each input as the run itself did: what does not
 * ask for the input is metered once, and only the SKUs of what does are rated again.
 */
export function rebilling(priced: Priced, market: Market): Rebill {
  const known = rebills.get(priced) ?? rebillingAnew(priced, market);
  rebills.set(priced, known);
  return known;
}

/** By the run, which is of one market. */
const rebills = new WeakMap<Priced, Rebill>();

function rebillingAnew(priced: Priced, market: Market): Rebill {
  const { whole } = priced;
  const once = meteredOnce(priced, market);
  return (input, amount) => {
    const workload = withDefault(whole.workload, input, amount);
    if (workload === whole.workload || !once.asked.has(input.name)) return null;
    const isMetered = once.addOns.some(({ asked }) => asked.has(input.name));
    if (once.surcharged === "by anything" || (isMetered && once.surcharged.has(input.name))) {
      const { total, unpriced } = billed({ ...priced, whole: { ...whole, workload } }, market);
      return { total, unpriced: unpriced.length };
    }
    if (!isMetered) {
      const { total, unpriced } = priced;
      const onTop = surcharges(priced, workload, market);
      return { total: onTop.reduce((sum, { cost }) => sum.plus(cost), total), unpriced: unpriced.length };
    }
    const anew = once.addOns.map((addOn) => {
      return addOn.asked.has(input.name) ? meterAddOn(addOn.addOn, { ...whole, workload }, market) : addOn.metered;
    });
    return ratedAgain(
      priced,
      { was: once.addOns.map(({ metered }) => metered), is: anew },
      { market, monthSeconds: workload.monthSeconds },
    );
  };
}

interface MeteredOnce {
  readonly addOns: readonly {
    readonly addOn: AddOn;
    readonly metered: MeteredAddOn;
    readonly asked: ReadonlySet<string>;
  }[];
  /** Names of inputs that anything asks for. */
  readonly asked: ReadonlySet<string>;
  /** Of those that what comes on top of all charges asks for; where there is any of it, it follows all else. */
  readonly surcharged: ReadonlySet<string> | "by anything";
}

function meteredOnce(priced: Priced, market: Market): MeteredOnce {
  const { whole } = priced;
  const addOns = market.catalogue.addOns.map((addOn) => {
    const asked = new Set<string>();
    return { addOn, metered: meterAddOn(addOn, { ...whole, workload: noting(whole.workload, asked) }, market), asked };
  });
  const surcharged = new Set<string>();
  const charges = surcharges(priced, noting(whole.workload, surcharged), market);
  return {
    addOns,
    asked: new Set([...addOns.flatMap(({ asked }) => [...asked]), ...surcharged]),
    surcharged: charges.length > 0 ? "by anything" : surcharged,
  };
}

/** What comes on top of the run's charges, of which none does so already. */
function surcharges({ charges, whole }: Priced, workload: Workload, { catalogue }: Market): readonly Charge[] {
  return catalogue.addOns.flatMap((addOn) => addOn.surcharge?.(charges, { ...whole, workload }) ?? []);
}

/** The workload, which notes whatever is asked for of its usage: what was not can make no difference. */
function noting(workload: Workload, asked: Set<string>): Workload {
  const { services, everyService, cluster } = workload.usage;
  const note = (amounts: Readonly<Record<string, number>>) =>
    new Proxy(amounts, {
      get(target, name) {
        if (typeof name === "string") asked.add(name);
        return Reflect.get(target, name);
      },
    });
  const usage: GivenUsage = {
    services: services.map(({ name, amounts }) => ({ name, amounts: note(amounts) })),
    ...{ everyService: note(everyService), cluster: note(cluster) },
  };
  return { ...workload, usage };
}

interface Sides {
  readonly was: readonly MeteredAddOn[];
  readonly is: readonly MeteredAddOn[];
}

/** Tiers are of a SKU's whole usage: of a SKU that changes, all is rated again. */
function ratedAgain(
  priced: Priced,
  { was, is }: Sides,
  { market, monthSeconds }: { readonly market: Market; readonly monthSeconds: number },
): Rebilled | null {
  const changed = is.flatMap((metered, at) => {
    const before = was[at];
    return before === metered ? [] : [...metered.usages, ...(before?.usages ?? [])];
  });
  const skus = new Set(changed.map(({ sku }) => sku));
  if (skus.size === 0) return null;
  const rated = (side: readonly MeteredAddOn[]) => {
    const ofWhole = addedUp(side.flatMap(({ usages }) => usages.filter(({ sku }) => skus.has(sku))));
    const { charges, problems } = rate(
      [...priced.usages.filter(({ sku }) => skus.has(sku)), ...ofWhole],
      market.book,
      monthSeconds,
    );
    return { cost: charges.reduce((sum, { cost }) => sum.plus(cost), new Exact(0)), problems: problems.length };
  };
  const [before, after] = [rated(was), rated(is)];
  return {
    total: priced.total.minus(before.cost).plus(after.cost),
    unpriced: priced.unpriced.length - before.problems + after.problems,
  };
}
