import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../api/price-sources/clock.ts";
import { readRefreshSettings, refreshMistakes } from "../../api/refreshing/refresh-settings.ts";
import { refreshOnce, startRefreshTimer } from "../../api/refreshing/refresh-timer.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { findSnapshot } from "../../db/snapshots.ts";
import { reply, serve } from "../price-sources/endpoint.ts";

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
}, 60_000);
afterAll(() => opened.close());

const settings = { cron: "* * * * * *", regions: ["us-east-1"], sources: ["bulk"] };

describe("a refresh of its own accord", () => {
  test("writes a line into the log each time, and ends with the server", async () => {
    await using aws = await serve(reply(404, "nothing"));
    process.env.STOWAGE_PRICE_ENDPOINT = aws.address;
    const log: object[] = [];
    const end = startRefreshTimer(opened.database, settings, (line) => log.push(line));
    while (log.length === 0) await setTimeout(20);
    await end();
    delete process.env.STOWAGE_PRICE_ENDPOINT;
    const lines = log.length;
    expect(log[0]).toMatchObject({
      refresh: {
        snapshot: null,
        new: 0,
        keptBack: 0,
        notRead: 11,
        named: expect.arrayContaining(["not_found us-east-1 AmazonECS"]),
      },
    });
    const asked = aws.asked.length;
    await setTimeout(1200);
    expect([log.length, aws.asked.length]).toEqual([lines, asked]);
  });

  test("reads what the settings name", async () => {
    await using aws = await serve(reply(404, "nothing"));
    const before = await findSnapshot(opened.database);
    const outside = { clock: systemClock, endpoint: aws.address };
    const report = await refreshOnce(opened.database, { ...settings, sources: ["savings-plans-files"] }, { outside });
    expect(report.failures).toMatchObject([{ source: "savings-plans-files", code: "not_found" }]);
    expect(await findSnapshot(opened.database)).toEqual(before);
  });
});

describe("its settings", () => {
  const set = (cron: string, regions = "us-east-1", source = "") => ({
    ...{ STOWAGE_REFRESH: cron, STOWAGE_REFRESH_REGIONS: regions, STOWAGE_REFRESH_SOURCE: source },
  });

  test("are none unless STOWAGE_REFRESH is set", () => {
    expect(readRefreshSettings({ STOWAGE_REFRESH_REGIONS: "us-east-1" })).toBeNull();
    expect(refreshMistakes({ STOWAGE_REFRESH_REGIONS: "mars-1" })).toEqual([]);
  });

  test("are a time, regions and sources", () => {
    expect(readRefreshSettings(set("17 4 * * *", "us-east-1, eu-west-1", "bulk,savings-plans-files"))).toEqual({
      ...{ cron: "17 4 * * *", regions: ["us-east-1", "eu-west-1"], sources: ["bulk", "savings-plans-files"] },
    });
    expect(readRefreshSettings(set("0 4 * * MON", "all"))).toEqual({
      cron: "0 4 * * MON",
      regions: null,
      sources: ["api"],
    });
    expect(refreshMistakes(set("0 4 * * MON", "all"))).toEqual([]);
  });

  test.each([
    ["STOWAGE_REFRESH", set("daily")],
    ["STOWAGE_REFRESH", set("99 4 * * *")],
    ["STOWAGE_REFRESH", set("* * * * * *")],
    ["STOWAGE_REFRESH_REGIONS", set("0 4 * * *", "")],
    ["STOWAGE_REFRESH_REGIONS", set("0 4 * * *", "us-east-1,mars-1")],
    ["STOWAGE_REFRESH_SOURCE", set("0 4 * * *", "all", "fargate-spot-file")],
  ])("%s that cannot be used is told by name", (name, environment) => {
    expect(refreshMistakes(environment)).toEqual([expect.stringMatching(`^${name} must be [^\n]+\\.$`)]);
  });
});
