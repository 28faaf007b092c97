import type {
  PackedInstances,
  Packing,
  PackingHost,
  PackingItem,
  PackingProblem,
} from "../../../api/core/model/packing.ts";
import { dearestContent } from "./dearest-content.ts";

/**
 * Everything that is wrong with a packing, in words; empty: every task is on an instance that may hold it, and the certificate proves its
 * bound. It shares no code with the search it checks, and trusts nothing of it: the dearest content of each host at the published prices
 * is searched anew, in whole numbers.
 */
export function faultsOf(problem: PackingProblem, packing: Packing): string[] {
  const faults = [...fleetFaults(problem, packing), ...boundFaults(packing)];
  return faults.length > 0 ? faults : certificateFaults(problem, packing);
}

function fleetFaults(problem: PackingProblem, packing: Packing): string[] {
  const malformed = packing.instances.flatMap((row, at) =>
    isWellFormed(row, problem) ? [] : [`instances[${at}] is not a host, a count and a whole number of each item`],
  );
  if (malformed.length > 0) return malformed;
  const faults = packing.instances.flatMap((row, at) =>
    contentFaults(row, problem).map((fault) => `instances[${at}]: ${fault}`),
  );
  for (const [at, item] of problem.items.entries()) {
    const placed = sum(packing.instances.map((row) => BigInt(row.count) * BigInt(row.contents[at] ?? 0)));
    if (placed !== BigInt(item.count)) faults.push(`${placed} of ${item.count} tasks of items[${at}] are placed`);
  }
  for (const [at, { countMax }] of problem.hosts.entries()) {
    const taken = sum(packing.instances.filter((row) => row.host === at).map((row) => BigInt(row.count)));
    if (countMax !== null && taken > BigInt(countMax)) faults.push(`${taken} of ${countMax} instances of hosts[${at}]`);
  }
  const cost = sum(packing.instances.map((row) => BigInt(row.count) * BigInt(problem.hosts[row.host]?.cost ?? 0)));
  if (!Number.isSafeInteger(packing.cost) || cost !== BigInt(packing.cost)) {
    faults.push(`the instances cost ${cost}, not ${packing.cost}`);
  }
  return faults;
}

function isWellFormed({ host, count, contents }: PackedInstances, { items, hosts }: PackingProblem): boolean {
  const tasks = contents.every((amount) => Number.isSafeInteger(amount) && amount >= 0);
  return (
    hosts[host] !== undefined && Number.isSafeInteger(count) && count > 0 && contents.length === items.length && tasks
  );
}

function contentFaults({ host, contents }: PackedInstances, { items, hosts }: PackingProblem): string[] {
  const faults: string[] = [];
  for (const [dimension, capacity] of (hosts[host]?.capacity ?? []).entries()) {
    const used = sum(items.map((item, at) => BigInt(item.amounts[dimension] ?? 0) * BigInt(contents[at] ?? 0)));
    if (used > BigInt(capacity)) faults.push(`${used} of ${capacity} in dimension ${dimension} of hosts[${host}]`);
  }
  for (const [at, { perHostMax, hosts: allowed }] of items.entries()) {
    const here = contents[at] ?? 0;
    if (perHostMax !== null && here > perHostMax) faults.push(`${here} tasks of items[${at}], at most ${perHostMax}`);
    if (here > 0 && allowed !== null && !allowed.includes(host)) faults.push(`items[${at}] on hosts[${host}]`);
  }
  if (contents.every((amount) => amount === 0)) faults.push("no task on it");
  return faults;
}

function boundFaults({ cost, lowerBound, proven, certificate }: Packing): string[] {
  const faults: string[] = [];
  const whole = [lowerBound, certificate.lowerBound].every((bound) => Number.isSafeInteger(bound) && bound >= 0);
  if (!whole) faults.push(`bounds ${lowerBound} and ${certificate.lowerBound} are not whole`);
  if (lowerBound > cost) faults.push(`the bound ${lowerBound} is above the cost ${cost}`);
  if (certificate.lowerBound > lowerBound) faults.push(`the certificate's bound is above ${lowerBound}`);
  if (proven !== (lowerBound === cost)) faults.push(`proven is ${proven} at ${lowerBound} and ${cost}`);
  return faults;
}

/** Prices are whole multiples of this. */
const unitsPerPrice = 1024;

/**
 * Values are whole numbers of 2^-10 billionths, and all those compared are below 2^53: sums of them are exact in a double, and a sum of
 * such that leaves the exact range is above every cost. Counts times prices, which may be above, are BigInt.
 */
function certificateFaults(problem: PackingProblem, { certificate }: Packing): string[] {
  const { items, hosts } = problem;
  const values = certificate.prices.map((price) => price * unitsPerPrice);
  if (values.length !== items.length) return [`${values.length} prices of ${items.length} items`];
  if (!values.every((value) => Number.isSafeInteger(value) && value >= 0)) return ["a price is no multiple of 2^-10"];
  if (!hosts.every(({ cost }) => Number.isSafeInteger(cost * unitsPerPrice))) return ["a cost is too large to check"];
  const faults: string[] = [];
  let proved = sum(items.map((item, at) => BigInt(item.count) * BigInt(values[at] ?? 0)));
  let limited = false;
  for (const [at, host] of hosts.entries()) {
    if (hosts.some((_, place) => isDominated(at, place, problem))) continue;
    if (host.countMax !== null && host.countMax > 0) limited = true;
    const cost = host.cost * unitsPerPrice;
    const dearest = dearestContent(host.capacity, goodsFor(at, problem, values), cost);
    if (dearest === null)
      faults.push(`the dearest content of hosts[${at}] was not found: too many contents are near it`);
    else if (host.countMax === null && dearest > cost) {
      faults.push(`hosts[${at}] costs ${host.cost} and holds tasks for ${dearest / unitsPerPrice}`);
    } else if (dearest > cost && host.countMax !== 0) {
      proved -= BigInt(host.countMax ?? 0) * BigInt(dearest - cost);
    }
  }
  const bound = roundedUp(proved);
  const claimed = BigInt(certificate.lowerBound);
  // The search may do with more than the dearest content of a host that there are few of, and so prove less than the prices could.
  const isProved = limited ? claimed <= bound : claimed === bound;
  if (!isProved) faults.push(`the prices prove ${bound}, not ${certificate.lowerBound}`);
  return faults;
}

function roundedUp(value: bigint): bigint {
  const unit = BigInt(unitsPerPrice);
  return value <= 0n ? 0n : (value + unit - 1n) / unit;
}

function goodsFor(at: number, { items, hosts }: PackingProblem, values: readonly number[]) {
  return items.flatMap((item, place) => {
    const most = Math.min(item.count, item.perHostMax ?? item.count, howManyFit(item, hosts[at]));
    const value = values[place] ?? 0;
    return most > 0 && value > 0 && isAllowed(item, at) ? [{ amounts: item.amounts, value, most }] : [];
  });
}

function howManyFit(item: PackingItem, host: PackingHost | undefined): number {
  const limits = item.amounts.map((amount, at) =>
    amount > 0 ? Math.floor((host?.capacity[at] ?? 0) / amount) : Number.POSITIVE_INFINITY,
  );
  return Math.min(...limits);
}

function isAllowed(item: PackingItem, host: number): boolean {
  return item.hosts === null || item.hosts.includes(host);
}

/** Whatever `at` holds, `by` holds for no more, and of `by` there are as many as wanted: what is shown of `by` holds for `at`. */
function isDominated(at: number, by: number, { items, hosts }: PackingProblem): boolean {
  const [host, other] = [hosts[at], hosts[by]];
  if (at === by || host === undefined || other === undefined || other.countMax !== null) return false;
  if (other.cost > host.cost || host.capacity.some((amount, place) => amount > (other.capacity[place] ?? 0)))
    return false;
  if (items.some((item) => isAllowed(item, at) && !isAllowed(item, by))) return false;
  // Of two that dominate each other, the first is looked at.
  return by < at || !isAlike(host, other) || items.some((item) => isAllowed(item, by) !== isAllowed(item, at));
}

function isAlike(one: PackingHost, other: PackingHost): boolean {
  return (
    one.cost === other.cost &&
    one.countMax === other.countMax &&
    one.capacity.every((amount, at) => amount === other.capacity[at])
  );
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
