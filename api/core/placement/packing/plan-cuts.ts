import { assignmentModel } from "./assignment-model.ts";
import { BoundedSimplex } from "./bounded-simplex.ts";
import { cutOver } from "./cut.ts";
import type { Instance } from "./instance.ts";
import type { Cut } from "./needs.ts";
import type { Pricing } from "./pricing.ts";

const roundsMax = 24;
const pivotsMax = 2000;
const hair = 1e-9;
/** Of all tasks, at first; and by how much less than the last cut allows is asked for next. */
const timesAtFirst = 1.25;
const closer = 1e-4;

/**
 * Prices at which given instances hold little more than the tasks are worth: those that show in real numbers that so many times the tasks are
 * too much, with what a whole content is worth at them; then of so many times as these allow. The last ones are the sharpest.
 */
export function planCuts(
  instance: Instance,
  hosts: readonly number[],
  pricing: Pricing,
): { readonly cuts: readonly Cut[]; readonly isRefuted: boolean; readonly steps: number } {
  const cuts: Cut[] = [];
  let times = timesAtFirst;
  let steps = 0;
  while (cuts.length < roundsMax) {
    const { programme } = assignmentModel(instance, hosts, { cuts, times });
    const simplex = new BoundedSimplex(programme);
    const solved = simplex.solve(pivotsMax);
    steps += simplex.pivots * programme.rows * programme.columns;
    if (solved !== "none") break;
    const prices = simplex.times.slice(0, instance.items);
    const cut = cutOver(new Set(hosts), { instance, prices, pricing });
    const allowed = timesAllowed(cut, hosts, instance.counts);
    if (allowed === Number.POSITIVE_INFINITY) break;
    cuts.push(cut);
    if (allowed < 1 - hair) return { cuts, isRefuted: true, steps };
    times = Math.max(1, Math.min(times, allowed) - closer);
  }
  return { cuts, isRefuted: false, steps };
}

/** No more than so many times the tasks go on the instances, by the cut. */
function timesAllowed({ prices, bounds }: Cut, hosts: readonly number[], counts: Float64Array): number {
  const worth = prices.reduce((sum, price, item) => sum + price * (counts[item] as number), 0);
  const offered = hosts.reduce((sum, host) => sum + (bounds[host] as number), 0);
  return worth > 0 ? offered / worth : Number.POSITIVE_INFINITY;
}
