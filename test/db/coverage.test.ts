import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RegionCoverage, readCoverage } from "../../db/coverage.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { coverageText } from "../../scripts/prices/coverage.ts";
import { engines } from "./engines.ts";

describe.each(engines)("coverage on the $name", ({ open }) => {
  let opened: OpenDatabase;
  let coverage: readonly RegionCoverage[];
  beforeAll(async () => {
    opened = await open();
    coverage = await readCoverage(opened.database);
  }, 60_000);
  afterAll(() => opened.close());

  const of = (region: string) => coverage.find((row) => row.region === region);

  test("us-east-1 has all of Fargate, 1,367 EC2 types, 315 observed Spot prices and 622 derived ones", () => {
    expect(of("us-east-1")).toEqual({
      region: "us-east-1",
      currency: "USD",
      fargate: {
        x86: { count: 2, oldest: "2026-09-11" },
        arm: { count: 2, oldest: "2026-08-12" },
        windows: { count: 3, oldest: "2026-09-11" },
        spot: { count: 2, oldest: "2026-09-29" },
        spotArm: { count: 2, oldest: "2026-09-28" },
      },
      ec2: { count: 1367, oldest: "2026-02-07" },
      ec2Spot: { count: 315, oldest: "2026-08-10" },
      ec2SpotEstimated: { count: 622, oldest: "2025-07-28" },
    });
  });

  test("Fargate counts as covered only with all its meters: Tokyo has a Windows licence price but no Windows", () => {
    expect(of("ap-northeast-1")?.fargate.windows).toBeNull();
    expect(of("eu-west-1")?.fargate.windows).toBeNull();
  });

  test("prices whose source gives no day are undated, not new: ARM in eu-central-1", () => {
    expect(of("eu-central-1")?.fargate.arm).toEqual({ count: 2, oldest: null });
  });

  test("all 35 regions are told on lines of at most 100 columns", () => {
    expect(coverage).toHaveLength(35);
    const lines = coverageText(coverage, { id: "abc", description: "bundled with Stowage" }).split("\n");
    expect(lines[0]).toBe(
      "Region          Fargate x86  ARM         Windows     Spot        EC2 types     EC2 Spot      derived",
    );
    expect(lines).toContain(
      "us-east-1       2026-09-11   2026-08-12  2026-09-11  2026-09-29  1367 2026-02   315 2026-08   622",
    );
    expect(lines).toContain(
      "cn-north-1      -            -           -           -            316 2024-11  -             -",
    );
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.at(-1)).toBe("Snapshot abc, bundled with Stowage.");
  });
});
