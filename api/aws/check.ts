import type { PriceBook } from "../core/model/price-book.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Workload } from "../core/model/workload.ts";

/** Instance types the user names must exist in the region: a misspelt one would silently change the fleet. */
export function checkAgainstBook(workload: Workload, book: PriceBook): Problem[] {
  const known = new Set(book.instanceTypes.map((type) => type.name));
  const { instanceTypes, excludedInstanceTypes } = workload.settings;
  const named = [
    ...(instanceTypes ?? []).map((name, at) => ({ name, path: `cluster.instanceTypes[${at}]` })),
    ...excludedInstanceTypes.map((name, at) => ({ name, path: `cluster.excludedInstanceTypes[${at}]` })),
  ];
  return named
    .filter(({ name }) => !known.has(name))
    .map(({ name, path }) => ({
      code: "instance_type_unknown",
      path,
      message: `${book.region} has no instance type "${name}" in price snapshot ${book.snapshot}.${nearest(name, known)}`,
    }));
}

/** Types of the same family, as a way out. */
function nearest(name: string, known: ReadonlySet<string>): string {
  const family = name.split(".")[0];
  const sizes = [...known].filter((other) => other.split(".")[0] === family);
  return sizes.length === 0 ? "" : ` Of that family it has ${sizes.slice(0, 8).join(", ")}.`;
}
