import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenDatabase } from "../../db/database.ts";
import { eraseExpired } from "../../db/retention.ts";
import { listSlackRequests, noteSlackOutcome, noteSlackRequest } from "../../db/slack-audit.ts";
import { engines } from "./engines.ts";

describe.each(engines)("what Slack's users ask, on $name", ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.close());

  const asked = (id: string, daysAgo: number) => {
    const at = new Date(Date.now() - daysAgo * 86_400_000);
    const who = { team: "T0OURS", channel: "C0SHOP", user: "U0ANNA" };
    return { ...{ id, at, asked: "help", outcome: "begun" }, kind: "command" as const, ...who };
  };
  const listed = async (daysAgo: number, max = 100) => {
    const since = new Date(Date.now() - daysAgo * 86_400_000);
    const found = await listSlackRequests(opened.database, { since, max });
    return found.map(({ id, outcome }) => `${id} ${outcome}`);
  };

  test("is noted once of twenty times at once, and what came of it beside it", async () => {
    const noted = await Promise.all(
      Array.from({ length: 20 }, () => noteSlackRequest(opened.database, asked("one", 1))),
    );
    await noteSlackOutcome(opened.database, "one", "answered");

    expect(noted.filter(Boolean)).toHaveLength(1);
    expect(await listed(2)).toEqual(["one answered"]);
  });

  test("is listed the latest first, of so many days and no more than so many, and erased with age", async () => {
    for (const [id, daysAgo] of [
      ["old", 31],
      ["newest", 0],
      ["newer", 0.5],
    ] as const) {
      await noteSlackRequest(opened.database, asked(id, daysAgo));
    }

    expect(await listed(0.9)).toEqual(["newest begun", "newer begun"]);
    expect(await listed(40, 1)).toEqual(["newest begun"]);
    expect(await listed(40)).toHaveLength(4);
    expect(await eraseExpired(opened.database, new Date(), 30)).toMatchObject({ slackRequests: 1 });
    expect(await listed(40)).toEqual(["newest begun", "newer begun", "one answered"]);
  });
});
