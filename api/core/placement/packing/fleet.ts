import { type Group, holds, type Instance } from "./instance.ts";

/** A fleet being put together: what it has, and the tasks and instances that are left. */
export interface Fleet {
  readonly instance: Instance;
  readonly groups: Group[];
  readonly left: Float64Array;
  /** Of each host: instances that may still be taken. */
  readonly hostsLeft: Float64Array;
}

export function emptyFleet(instance: Instance, left: Float64Array = instance.counts): Fleet {
  return { instance, groups: [], left: left.slice(), hostsLeft: instance.countMax.slice() };
}

export function isComplete({ left }: Fleet): boolean {
  return left.every((count) => count <= 0);
}

/** How many instances with exactly this content the tasks and hosts left allow. */
export function allowed({ left, hostsLeft }: Fleet, host: number, content: Float64Array): number {
  let most = hostsLeft[host] as number;
  for (let item = 0; item < left.length; item++) {
    const each = content[item] as number;
    if (each > 0) most = Math.min(most, Math.floor((left[item] as number) / each));
  }
  return most;
}

export function take({ groups, left, hostsLeft }: Fleet, group: Group): void {
  const { host, content, count } = group;
  for (let item = 0; item < left.length; item++) {
    left[item] = (left[item] as number) - count * (content[item] as number);
  }
  hostsLeft[host] = (hostsLeft[host] as number) - count;
  groups.push(group);
}

/** As much of the content as there is left, and of what is left as much more as fits, the dearest for its size first. */
export function trimmed(
  { instance, left }: Fleet,
  group: { host: number; content: Float64Array },
  prices: Float64Array,
) {
  const content = group.content.map((count, item) => Math.min(count, left[item] as number));
  topUp(instance, { host: group.host, content }, { left, prices });
  return content;
}

/** Adds tasks to the content while any fits. */
export function topUp(
  instance: Instance,
  { host, content }: { readonly host: number; readonly content: Float64Array },
  { left, prices }: { readonly left: Float64Array; readonly prices: Float64Array },
): void {
  const { items, dimensions, amounts, most } = instance;
  const room = roomLeft(instance, host, content);
  const there = (item: number) =>
    Math.min(left[item] as number, most[host * items + item] as number) - (content[item] as number);
  const wanted = Array.from({ length: items }, (_, item) => item).filter((item) => there(item) > 0);
  wanted.sort((a, b) => (prices[b] as number) - (prices[a] as number) || a - b);
  for (const item of wanted) {
    let fit = there(item);
    for (let row = 0; row < dimensions && fit > 0; row++) {
      const each = amounts[item * dimensions + row] as number;
      if (each > 0) fit = Math.min(fit, Math.floor((room[row] as number) / each));
    }
    if (fit <= 0) continue;
    content[item] = (content[item] as number) + fit;
    for (let row = 0; row < dimensions; row++) {
      room[row] = (room[row] as number) - fit * (amounts[item * dimensions + row] as number);
    }
  }
}

function roomLeft(
  { items, dimensions, amounts, capacity }: Instance,
  host: number,
  content: Float64Array,
): Float64Array {
  const room = capacity.slice(host * dimensions, (host + 1) * dimensions);
  for (let item = 0; item < items; item++) {
    const count = content[item] as number;
    if (count === 0) continue;
    for (let row = 0; row < dimensions; row++) {
      room[row] = (room[row] as number) - count * (amounts[item * dimensions + row] as number);
    }
  }
  return room;
}

/** The cheapest host with an instance left that holds the content; hosts are in the order of their cost. -1: none. */
export function cheapestFor({ instance, hostsLeft }: Fleet, content: Float64Array): number {
  for (let host = 0; host < instance.hosts; host++) {
    if ((hostsLeft[host] as number) > 0 && holds(instance, host, content)) return host;
  }
  return -1;
}
