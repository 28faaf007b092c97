import { table, wrapped } from "../../api/present/layout.ts";
import { databaseSettings, openDatabase } from "../../db/connect.ts";
import { type Coverage, type RegionCoverage, readCoverage } from "../../db/coverage.ts";
import { findSnapshot, type Snapshot } from "../../db/snapshots.ts";

/** Prints a line for each region: which launch types have prices there, and how old the oldest of them is. */
export async function coverage(words: readonly string[]): Promise<number> {
  if (words.length > 0) {
    console.error("Usage: npm run --silent prices -- coverage");
    return 2;
  }
  const { database, close } = await openDatabase(databaseSettings(process.env));
  try {
    const snapshot = await findSnapshot(database);
    if (snapshot !== null) console.log(coverageText(await readCoverage(database), snapshot));
    return 0;
  } finally {
    await close();
  }
}

export function coverageText(
  regions: readonly RegionCoverage[],
  snapshot: Pick<Snapshot, "id" | "description">,
): string {
  return [
    ...table([heading, ...regions.map(cells)]),
    "",
    ...notes(regions).flatMap((note) => wrapped(note, "")),
    `Snapshot ${snapshot.id}, ${snapshot.description}.`,
  ].join("\n");
}

const heading = ["Region", "Fargate x86", "ARM", "Windows", "Spot", "EC2 types", "EC2 Spot", "derived"];

function cells({ region, fargate, ec2, ec2Spot, ec2SpotEstimated }: RegionCoverage): string[] {
  const days = [fargate.x86, fargate.arm, fargate.windows, fargate.spot].map((kind) => day(kind));
  return [region, ...days, countAndMonth(ec2), countAndMonth(ec2Spot), count(ec2SpotEstimated)];
}

const none = "-";

function day(covered: Coverage | null): string {
  return covered === null ? none : (covered.oldest ?? "undated");
}

function countAndMonth(covered: Coverage | null): string {
  return covered === null ? none : `${count(covered)} ${covered.oldest?.slice(0, 7) ?? "undated"}`;
}

function count(covered: Coverage | null): string {
  return covered === null ? none : String(covered.count).padStart(4);
}

function notes(regions: readonly RegionCoverage[]): string[] {
  const armSpot = regions.filter(({ fargate }) => fargate.spotArm !== null);
  const inArmSpot = armSpot.map(({ region, fargate }) => `${region} (${day(fargate.spotArm)})`).join(", ");
  const foreign = regions.filter(({ currency }) => currency !== "USD");
  return [
    "A date is that of the oldest price in the cell; - means that no price is known, and none is made up.",
    `Fargate Spot is for x86; for ARM it is known in ${inArmSpot}.`,
    "EC2 is Linux; its numbers are instance types. Where no Spot price was observed, one is derived from a published discount " +
      `(${derivedSince(regions)}), labelled an estimate and never recommended.`,
    `Prices are in USD${foreign.map(({ region, currency }) => `, in ${currency} for ${region}`).join("")}.`,
  ];
}

function derivedSince(regions: readonly RegionCoverage[]): string {
  const days = regions.flatMap(({ ec2SpotEstimated }) => (ec2SpotEstimated === null ? [] : [day(ec2SpotEstimated)]));
  return [...new Set(days)].sort()[0] ?? "none";
}
