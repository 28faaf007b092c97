import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Calculate, calculateOver } from "../../api/calculating/calculate.ts";
import { comparison } from "../../db/kept-schema.ts";
import { messageText } from "./message-text.ts";
import { buttonValue, type Desk, goldenRequest, openDesk } from "./slack-desk.ts";

/** `UPDATE_GOLDEN=1` writes the messages anew, for a reader to judge. */
const isUpdate = process.env.UPDATE_GOLDEN === "1";
const folder = new URL("../golden/slack/", import.meta.url);

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const shop = goldenRequest("shop");
  const [web, ...others] = shop.services;
  await desk.save("checkout", shop);
  await desk.save("checkout", { ...shop, services: [{ ...web, desiredCount: 20 }, ...others] });
  await desk.save("scaled", goldenRequest("scaled-web"));
  await desk.save("manifests", goldenRequest("kubernetes-shop"));
  await desk.save("secret-plans", shop);
}, 60_000);
afterAll(() => desk.close());

/** What changes with every release and every run is not the reader's concern. */
async function shown(text: string): Promise<string> {
  return messageText(await desk.say(text))
    .replaceAll(/stl_[0-9a-f_]+/g, "stl_TOKEN")
    .replaceAll(/\b[0-9a-f]{32}\b/g, "COMPARISON")
    .replaceAll(/snapshot [0-9a-f]{16}/g, "snapshot SNAPSHOT")
    .replaceAll(/(@\d+ +)\d{4}-\d\d-\d\d/g, "$1yyyy-mm-dd");
}

test.each([
  ["help", ""],
  ["saved", "checkout"],
  ["changed", "checkout@1 x2 in eu-west-1 as of 2026-09-12 for 8760h"],
  ["task", "6x 0.5vcpu 1gb 12h/day"],
  ["too-large", "6x 40vcpu 1gb fargate"],
  ["scaled", "scaled x2 for 168h"],
  ["difference", "diff checkout vs checkout@1"],
  ["why", "why checkout"],
  ["why-ec2", "why checkout ec2"],
  ["why-not-feasible", "why scaled ec2-mixed"],
  ["list", "list"],
  ["misunderstood", "chekout x2 in eu-wst-1 ec3"],
  ["markup", "<!channel> *x*"],
  ["refused", "manifests x2"],
  ["no-prices", "1vcpu 2gb arm in ap-northeast-3"],
])("test/golden/slack/%s.txt is what is seen after /stowage %s", async (name, text) => {
  const at = new URL(`${name}.txt`, folder);
  const seen = `/stowage ${text}\n\n${await shown(text)}`;
  if (isUpdate) writeFileSync(at, seen);

  expect(seen).toBe(readFileSync(at, "utf8"));
});

/** The first amount of the option's row. */
async function total(text: string, option: string): Promise<number> {
  const [, amount = ""] = new RegExp(`^ +(?:→ )? *${option} +\\$([0-9,.]+)`, "m").exec(await shown(text)) ?? [];
  return Number(amount.replaceAll(",", ""));
}

describe("tasks told by their size", () => {
  test("that run for 12 of 24 hours cost half of those that run all day on Fargate, $43.25 of $86.51", async () => {
    expect(await total("6x 0.5vcpu 1gb arm", "fargate")).toBe(86.51);
    expect(await total("6x 0.5vcpu 1gb arm 12h/day", "fargate")).toBe(43.25);
    expect(await total("6x 0.5vcpu 1gb arm 365h/month", "fargate")).toBe(43.25);
  });

  test("that run for 12 of 24 hours are 6 × 0.5 × 365 vCPU-Hours of a month", async () => {
    expect(await shown("why 6x 0.5vcpu 1gb arm 12h/day")).toContain("1,095 vCPU-Hour × $0.03238");
  });

  test("that run for 8 hours on weekdays run for 40 of 168 hours", async () => {
    expect(await shown("why 1vcpu 2gb 8h on weekdays for a week fargate")).toContain(" 40 vCPU-Hour × $0.04048");
  });

  test("may go to Spot where they are interruptible", async () => {
    expect(await shown("1vcpu 2gb interruptible fargate, fargate-spot")).toContain(
      "*Run fargate-spot: $11.47 a month.*",
    );
  });

  test("do not stand twice in the list: the API's default is EC2", async () => {
    expect(await shown("1vcpu 2gb")).not.toContain("as-configured");
    expect(await shown("why 1vcpu 2gb")).not.toContain("as-configured");
  });
});

describe("a saved workload", () => {
  test("x2 costs twice on Fargate but for what is there once", async () => {
    const [once, twice] = [await shown("why checkout@1 fargate"), await shown("why checkout@1 x2 fargate")];

    expect(once).toContain("web: Fargate vCPU, Linux/x86, 4,380 vCPU-Hour");
    expect(twice).toContain("web: Fargate vCPU, Linux/x86, 8,760 vCPU-Hour");
    expect(twice).toContain("web: CloudWatch Logs, ingestion, 5 GB");
  });

  test("that scales has twice the load and twice the limits with x2: 504 task-hours a week become 1,008", async () => {
    const taskHours = async (text: string) => /([0-9,.]+) vCPU-Hour/.exec(await shown(text))?.[1]?.replaceAll(",", "");
    const [once, twice] = [
      await taskHours("why scaled for 168h fargate"),
      await taskHours("why scaled x2 for 168h fargate"),
    ];

    expect(Number(twice) / Number(once)).toBeCloseTo(2, 1);
  });

  test("is recommended on Spot once it is interruptible", async () => {
    expect(await shown("checkout interruptible")).toContain("*Run fargate-spot: $238.47 a month.*");
  });

  test("that the channel does not see is none, just as one that is not there", async () => {
    const said = async (name: string) => (await shown(name)).replaceAll(name, "NAME");

    expect(await said("secret-plans")).toBe(await said("qwertz-plans"));
    expect(await shown("list")).not.toContain("secret");
    expect(await shown("secret-plan")).not.toContain("secret-plans");
  });
});

test("what a message's buttons bring back is the kept comparison", async () => {
  const value = JSON.parse(buttonValue(await desk.say("checkout")));
  const kept = await desk.database.select({ id: comparison.id }).from(comparison);

  expect(value).toEqual({ comparison: expect.any(String), workload: "checkout", title: "checkout@2" });
  expect(kept.map(({ id }) => id)).toContain(value.comparison);
});

test("an option that would be cheaper says why it is not recommended", async () => {
  expect(await shown("why checkout@1 fargate-spot")).toContain(
    "*$192.59 a month.* Not recommended: fargate-spot would be USD 306.19 less but runs on Spot, and web, api are not marked interruptible. $189.08 to $192.63",
  );
});

test("an option that is compared on request only is named to be explained", async () => {
  expect(await shown("why checkout ec2-reserved")).toContain("# Why ec2-reserved: checkout@2");
});

test("old prices are said to be old", async () => {
  const old = await openDesk({ freshness: () => ({ staleAfterDays: 365, today: "2026-11-26" }) });
  const text = messageText(await old.say("1vcpu 2gb ec2"));
  await old.close();

  expect(text).toContain("Stale: the oldest price used is of 2024-07-18, 861 days ago (more than 365).");
});

test("what cannot be kept has no buttons, and says so", async () => {
  const calculate: Calculate = async (task) => {
    const calculated = await calculateOver(desk.database)(task);
    return calculated.ok ? { ok: true, value: { ...calculated.value, isConfirmed: false } } : calculated;
  };
  const text = messageText(await desk.say("1vcpu 2gb fargate", { calculate }));

  expect(text).toContain("Not kept: the database cannot be asked now, and these are its last prices.");
  expect(text).not.toContain("[ Share ]");
  expect(messageText(await desk.say("diff checkout vs checkout@1", { calculate }))).toContain(
    "There is no difference now.",
  );
});

test("amounts of two currencies have no difference", async () => {
  const text = messageText(await desk.say("diff 1vcpu 2gb ec2 in us-east-1 vs 1vcpu 2gb ec2 in cn-north-1"));

  expect(text).toContain("*These two have no difference.*");
  expect(text).toContain("One is in USD (us-east-1), the other in CNY (cn-north-1)");
});
