import type { Decimal } from "decimal.js";
import { Exact } from "../core/model/exact.ts";
import { inCents, shown, shownParts } from "../core/model/shown.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";

/** What amounts are shown in, if not as they are priced: whose rate it is, is for who gives it to know. */
export interface Exchange {
  /** ISO 4217. */
  readonly currency: string;
  /** Decimal: so much of `currency` for one of the currency of the prices. */
  readonly rate: string;
  /** ISO date. */
  readonly date: string;
}

/** A comparison to be shown, perhaps in another currency than its prices have. */
export type Displayed = ComparisonDocument & { readonly exchange?: Exchange & { readonly from: string } };

/**
 * The comparison with every amount times the rate, rounded anew, so that lines still add up to totals, and quantity × unit price is still
 * the cost. Sentences keep the amounts that they name. Without an exchange it is as it was.
 */
export function exchanged(document: ComparisonDocument, exchange: Exchange | null): Displayed {
  if (exchange === null) return document;
  const { currency: from, options, readiness, cheapest } = document;
  const times = new Times(exchange.rate);
  const least = options.find(({ id }) => id === cheapest)?.totalExact ?? null;
  return {
    ...document,
    ...{ currency: exchange.currency, exchange: { ...exchange, from } },
    options: options.map((option) => optionIn(option, least, times)),
    readiness: readiness.map(({ nearest, ...rest }) => ({
      ...rest,
      nearest: nearest && { ...nearest, cost: times.cents(nearest.cost) },
    })),
  };
}

/** Times a rate: amounts in digits, to the last of them or in cents. */
class Times {
  readonly #rate: Decimal;

  constructor(rate: string) {
    this.#rate = new Exact(rate);
  }

  of(amount: string): Decimal {
    return this.#rate.times(amount);
  }

  exact<T extends string | null>(amount: T): T {
    return (amount === null ? null : this.of(amount).toFixed()) as T;
  }

  cents<T extends string | null>(amount: T): T {
    return (amount === null ? null : inCents(this.of(amount))) as T;
  }

  /** Parts of a whole that have lost their decimals: as large in proportion, and still the whole together. */
  parts(parts: readonly string[], whole: string): string[] {
    const sum = parts.reduce((so, part) => so.plus(part), new Exact(0));
    if (sum.isZero()) return parts.map((part) => this.cents(part));
    return shownParts(parts.map((part) => new Exact(whole).times(part).div(sum))).map(inCents);
  }
}

function optionIn(option: OptionDocument, least: string | null, times: Times): OptionDocument {
  const { total, totalExact, range, allocation, fleet, existing, packing } = option;
  const lineItems = linesIn(option.lineItems, times);
  const converted = times.cents(totalExact);
  const shares = times.parts(
    allocation.map(({ cost }) => cost),
    converted ?? "0",
  );
  return {
    ...option,
    ...{ total: converted, totalExact: times.exact(totalExact), lineItems },
    range: range && { ...range, ...centsOf(range, ["low", "median", "high"], times) },
    listTotal: total && sumOf(lineItems.map(({ listCost }) => listCost)),
    totalOnceMended: times.cents(option.totalOnceMended),
    difference: totalExact && least && inCents(shown(times.of(totalExact)).minus(shown(times.of(least)))),
    tasks: option.tasks.map((row) => ({ ...row, instanceCost: times.exact(row.instanceCost) })),
    allocation: allocation.map(({ service }, at) => ({ service, cost: shares[at] ?? "0.00" })),
    fleet: fleet && fleetIn(fleet, times),
    existing: existing && { ...existing, cost: times.cents(existing.cost) },
    packing: packing && packingIn(packing, times),
    scaling: option.scaling && scalingIn(option.scaling, times),
    assumptions: option.assumptions.map((one) => ({ ...one, effect: times.cents(one.effect) })),
  };
}

/** A line item with its prices as they are priced. */
export type ExchangedLine = OptionDocument["lineItems"][number] & {
  readonly priced?: { readonly unitPrice: string; readonly listUnitPrice: string };
};

/** What is counted in money, as a fee on other charges is, has its quantity converted in place of its price. */
function linesIn(lines: OptionDocument["lineItems"], times: Times): ExchangedLine[] {
  const costs = shownParts(lines.map(({ costExact }) => times.of(costExact)));
  const lists = shownParts(lines.map(({ quantity, listUnitPrice }) => times.of(listUnitPrice).times(quantity)));
  return lines.map((line, at) => {
    const { quantity, unitPrice, listUnitPrice } = line;
    const priced =
      line.unit === "Charges"
        ? { quantity: times.exact(quantity) }
        : {
            ...{ unitPrice: times.exact(unitPrice), listUnitPrice: times.exact(listUnitPrice) },
            priced: { unitPrice, listUnitPrice },
          };
    return {
      ...{ ...line, ...priced, costExact: times.exact(line.costExact) },
      ...{ cost: inCents(costs[at] ?? new Exact(0)), listCost: inCents(lists[at] ?? new Exact(0)) },
    };
  });
}

type Fleet = NonNullable<OptionDocument["fleet"]>;

function fleetIn(fleet: Fleet, times: Times): Fleet {
  const costs = fleet.map(({ cost }) => cost);
  const converted = times.parts(costs, times.cents(sumOf(costs)));
  return fleet.map((row, at) => ({ ...row, cost: converted[at] ?? "0.00", stranded: times.cents(row.stranded) }));
}

type Packing = NonNullable<OptionDocument["packing"]>;

function packingIn(packing: Packing, times: Times): Packing {
  const { lowerBound, simplest, prices, resourcePrices } = packing;
  return {
    ...packing,
    lowerBound: times.exact(lowerBound),
    simplest: simplest && { ...simplest, total: times.cents(simplest.total) },
    prices: prices.map((price) => ({ ...price, perHour: times.exact(price.perHour) })),
    resourcePrices: Object.fromEntries(
      Object.entries(resourcePrices).map(([name, price]) => [name, times.exact(price)]),
    ),
  };
}

type Scaling = NonNullable<OptionDocument["scaling"]>;

function scalingIn(scaling: Scaling, times: Times): Scaling {
  return {
    ...scaling,
    ...centsOf(scaling, ["fixedAtMaximum", "fixedAtPeak"], times),
    range: scaling.range && { ...scaling.range, ...centsOf(scaling.range, ["p50", "p90"], times) },
  };
}

function centsOf<Name extends string>(
  amounts: Readonly<Record<Name, string | null>>,
  names: readonly Name[],
  times: Times,
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, times.cents(amounts[name])])) as Record<Name, string>;
}

function sumOf(amounts: readonly string[]): string {
  return inCents(amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0)));
}
