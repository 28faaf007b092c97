import type { Column } from "./column.ts";
import type { ColumnGeneration } from "./column-generation.ts";
import { allowed, cheapestFor, emptyFleet, type Fleet, isComplete, take, trimmed } from "./fleet.ts";
import type { Group } from "./instance.ts";

const hair = 1e-6;
const nearlyWhole = 0.55;

/**
 * A fleet from the linear programme: its whole instances in bulk, then one instance after the other that it has most of, the programme
 * being solved anew for the tasks left. Null: the hosts do not suffice that way.
 */
export function dive(programme: ColumnGeneration, { roundsEach }: { readonly roundsEach: number }): Group[] | null {
  const fleet = emptyFleet(programme.instance);
  let rounds = roundsEach;
  for (let step = 0; !isComplete(fleet); step++) {
    programme.forget(60 + 5 * fleet.left.length);
    if (step > 0) programme.ask(fleet.left, fleet.hostsLeft, rounds);
    const solution = programme.simplex.solution();
    if (solution.length === 0) return null;
    const before = fleet.groups.length;
    takeWhole(fleet, solution);
    if (fleet.groups.length === before && !takeMost(fleet, solution, programme.presentPrices())) return null;
    if (step > 400) rounds = 0;
  }
  return fleet.groups;
}

function takeWhole(fleet: Fleet, solution: readonly { column: Column; count: number }[]): void {
  for (const { column, count } of solution) {
    const whole = Math.min(Math.floor(count + hair), allowed(fleet, column.host, column.content));
    if (whole > 0) take(fleet, { host: column.host, content: column.content, count: whole });
  }
}

/** One instance of each column that comes close to a whole one, at least of the one that comes closest, with what else fits, on the cheapest host that holds it. */
function takeMost(fleet: Fleet, solution: readonly { column: Column; count: number }[], prices: Float64Array): boolean {
  const byCount = [...solution].sort((a, b) => b.count - a.count);
  let taken = 0;
  for (const { column, count } of byCount) {
    if (taken > 0 && (count < nearlyWhole || allowed(fleet, column.host, column.content) < 1)) break;
    if (!takeOne(fleet, column, prices)) break;
    taken++;
  }
  return taken > 0;
}

function takeOne(fleet: Fleet, column: Column, prices: Float64Array): boolean {
  if ((fleet.hostsLeft[column.host] as number) <= 0) return false;
  const content = trimmed(fleet, column, prices);
  // Hosts that are given cost nothing more, and smaller ones may be needed yet.
  const host = fleet.instance.cost[column.host] === 0 ? column.host : cheapestFor(fleet, content);
  if (host < 0 || content.every((count) => count === 0)) return false;
  take(fleet, { host, content, count: 1 });
  return true;
}
