import type { PackedInstances, Packing, PackingProblem } from "../../../api/core/model/packing.ts";

/**
 * What is wrong with the fleet of a packing, in words. The certificate is checked in the tests, with exact searches that would take longer
 * than what is measured here.
 */
export function fleetFaults(
  problem: PackingProblem,
  packing: Pick<Packing, "instances" | "cost" | "lowerBound">,
): string[] {
  const { items, hosts } = problem;
  const faults = packing.instances.flatMap((instances) => contentFaults(problem, instances));
  for (const [at, item] of items.entries()) {
    const placed = packing.instances.reduce((sum, { count, contents }) => sum + count * (contents[at] ?? 0), 0);
    if (placed !== item.count) faults.push(`${placed} of ${item.count} tasks of item ${at} are placed`);
  }
  const cost = packing.instances.reduce((sum, { host, count }) => sum + count * (hosts[host]?.cost ?? Number.NaN), 0);
  if (cost !== packing.cost) faults.push(`the instances cost ${cost}, not ${packing.cost}`);
  if (packing.lowerBound > packing.cost) faults.push(`the bound ${packing.lowerBound} is above ${packing.cost}`);
  return faults;
}

function contentFaults({ items, hosts }: PackingProblem, { host, contents }: PackedInstances): string[] {
  const faults: string[] = [];
  for (const [dimension, capacity] of (hosts[host]?.capacity ?? []).entries()) {
    const used = items.reduce((sum, item, at) => sum + (item.amounts[dimension] ?? 0) * (contents[at] ?? 0), 0);
    if (used > capacity) faults.push(`${used} of ${capacity} in dimension ${dimension} of host ${host}`);
  }
  for (const [at, { perHostMax }] of items.entries()) {
    const many = contents[at] ?? 0;
    if (perHostMax !== null && many > perHostMax) faults.push(`${many} tasks of item ${at} on one instance`);
  }
  return faults;
}
