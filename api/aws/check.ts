import { limitOf } from "../core/model/limits.ts";
import type { PriceBook } from "../core/model/price-book.ts";
import { distinctProblems, fieldPath, type Problem } from "../core/model/problem.ts";
import type { Service, Workload } from "../core/model/workload.ts";

/** What the user names must exist in the region, and volumes must be of a size that there is. */
export function checkAgainstBook(workload: Workload, book: PriceBook): Problem[] {
  const problems = workload.services.flatMap((service) => volumeProblems(service, book));
  // A claim that several services share is as big as it is once.
  return [...unknownTypes(workload, book), ...distinctProblems(problems)];
}

/** A misspelt instance type would silently change the fleet. */
function unknownTypes(workload: Workload, book: PriceBook): Problem[] {
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

function volumeProblems({ volumeAtLaunch, claims, path }: Service, book: PriceBook): Problem[] {
  const atLaunch = { field: "sizeInGiB", at: fieldPath(path, "volumeConfigurations[0].managedEBSVolume.sizeInGiB") };
  const volumes = [
    { volume: volumeAtLaunch, ...atLaunch },
    ...(claims ?? []).map((claim) => ({
      ...{ volume: claim.volume, field: "storage", at: fieldPath(claim.path, "resources.requests.storage") },
    })),
  ];
  return volumes.flatMap(({ volume, field, at }) => {
    if (volume === null) return [];
    const limit = (bound: string) => limitOf(book, `ebs/${volume.type}/${bound}`);
    const [min, max] = [limit("min-gib"), limit("max-gib")];
    if (volume.sizeGiB >= min && volume.sizeGiB <= max) return [];
    const message = `${field} is ${volume.sizeGiB} GiB; a ${volume.type} volume has ${min} to ${max} GiB. Choose a size in between, or another type.`;
    return [{ code: "volume_size_out_of_range", path: at, message }];
  });
}
