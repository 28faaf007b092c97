import type { Decimal } from "decimal.js";
import { Exact } from "../core/model/exact.ts";
import { inCents } from "../core/model/shown.ts";
import type { Costs } from "../present/import-document.ts";

/** What is summed beside the options: each cluster on the one recommended for it. */
export const recommended = "recommended";

/** Sums of amounts by option. A sum is one of everything that was put in, or none. */
export class Purse {
  /** How often something was put in. */
  count = 0;
  readonly #currencies = new Set<string>();
  readonly #sums = new Map<string, { sum: Decimal; count: number }>();

  /** `currency` null: nothing was priced. */
  add(costs: Costs, currency: string | null): void {
    this.count += 1;
    if (currency !== null) this.#currencies.add(currency);
    for (const [option, cost] of Object.entries(costs)) {
      if (cost === null) continue;
      const before = this.#sums.get(option);
      this.#sums.set(option, { sum: new Exact(cost).plus(before?.sum ?? 0), count: (before?.count ?? 0) + 1 });
    }
  }

  /** Null: there are several, or none. */
  get currency(): string | null {
    const [only = null] = this.#currencies;
    return this.#currencies.size === 1 ? only : null;
  }

  sumOf(option: string): string | null {
    const found = this.#sums.get(option);
    if (found === undefined || found.count < this.count || this.currency === null) return null;
    return inCents(found.sum);
  }

  sums(options: readonly string[]): Costs {
    return Object.fromEntries(options.map((option) => [option, this.sumOf(option)]));
  }
}
