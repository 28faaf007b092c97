import table from "./regions.json" with { type: "json" };
import { SourceFailure } from "./source-failure.ts";

/** A region as the price lists name it; see `regions.json` for the sources. */
export interface Region {
  /** `eu-west-1`. */
  readonly code: string;
  readonly partition: string;
  /** `EU (Ireland)`. */
  readonly location: string;
  readonly aliases: readonly string[];
  /** `EU-`: what usage types begin with. Older meters of us-east-1 carry none. */
  readonly usageTypePrefix: string;
  readonly currency: string;
  /** Where the Price List API of the partition answers. */
  readonly pricingRegion: string;
}

export const regions: readonly Region[] = table.regions;
const byCode = new Map(regions.map((region) => [region.code, region]));
const byLocation = new Map(
  regions.flatMap((region) => [region.location, ...region.aliases].map((name) => [name, region] as const)),
);

/** Null where the code is none of a region that prices are known for, such as a Local Zone's. */
export function findRegion(code: string): Region | null {
  return byCode.get(code) ?? null;
}

export function findLocation(location: string): Region | null {
  return byLocation.get(location) ?? null;
}

/** Failure: `region_unknown`, naming the known ones. */
export function needRegion(code: string): Region {
  const region = findRegion(code);
  if (region !== null) return region;
  const known = regions.map((each) => each.code).join(", ");
  throw new SourceFailure(`No region "${code}" is known to the price sources. Known: ${known}.`, {
    code: "region_unknown",
  });
}

/** The parts asked for, or all but those on request. Failure: `part_unknown`. */
export function needParts(
  source: { readonly id: string; readonly parts: readonly string[]; readonly partsOnRequest: readonly string[] },
  asked?: readonly string[],
): readonly string[] {
  const unknown = (asked ?? []).find((part) => !source.parts.includes(part));
  if (unknown === undefined) return asked ?? source.parts.filter((part) => !source.partsOnRequest.includes(part));
  throw new SourceFailure(`${source.id} has no part "${unknown}". Parts: ${source.parts.join(", ")}.`, {
    code: "part_unknown",
  });
}
