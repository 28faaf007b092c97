import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { link } from "../../db/access-schema.ts";
import { comparison } from "../../db/kept-schema.ts";
import { appOver } from "../routes/memory-app.ts";
import { messageText } from "./message-text.ts";
import { buttonValue, type Desk, goldenRequest, openDesk } from "./slack-desk.ts";

let desk: Desk;
let checkout: string;
let discounted: string;
let task: string;
beforeAll(async () => {
  desk = await openDesk({ now: () => now });
  const shop = goldenRequest("shop");
  await desk.save("checkout", shop);
  await desk.save("discounted", { ...shop, rateCard: { discounts: [{ sku: "fargate/*", percent: 10 }] } });
  checkout = buttonValue(await desk.say("checkout"));
  discounted = buttonValue(await desk.say("discounted"));
  task = buttonValue(await desk.say("1vcpu 2gb"));
}, 60_000);
afterAll(() => desk.close());

/** The server's own clock decides what has expired. */
const now = new Date();
const inThirtyDays = new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10);

const pressed = async (action: string, value: string, other = {}) => {
  const message = await desk.press(action, value, other);
  return message && messageText(message);
};

describe("Share", () => {
  test("shows the channel what was shown, and who shows it", async () => {
    const shared = (await pressed("stowage_share", checkout)) ?? "";
    const asked = messageText(await desk.say("checkout"));

    expect(shared).toContain("Shared by @UANA");
    expect(shared.replace("Shared by @UANA\n\n", "").replace("[in_channel]", "[ephemeral]")).toBe(asked);
  });

  test("shows tasks told by their size with all that was taken where nothing was said", async () => {
    expect(await pressed("stowage_share", task)).toContain("# 1x 1vcpu 2gb x86 in us-east-1\n");
  });

  test("keeps prices of one's own to who asked", async () => {
    const refused = await pressed("stowage_share", discounted);

    expect(refused).toMatch(/^\[ephemeral\] Not shared: this comparison may show prices of your own\./);
    expect(refused).not.toContain("$");
  });

  test("shows prices of one's own where that is allowed", async () => {
    expect(await pressed("stowage_share", discounted, { shareOwnPrices: true })).toMatch(
      /^\[in_channel\] discounted@1/,
    );
  });
});

describe("Why", () => {
  test("explains the recommended option", async () => {
    const why = await pressed("stowage_why", checkout);

    expect(why).toContain("# Why mixed: checkout@1");
    expect(why).toContain("$439.46  m5a.large, Linux, on demand, 5,110 Instance-Hour × $0.086");
  });

  test("of prices of one's own has no address that needs no key", async () => {
    expect(await pressed("stowage_why", discounted)).not.toContain("/v1/sheets/");
    expect(await pressed("stowage_why", discounted, { shareOwnPrices: true })).toContain("/v1/sheets/");
  });
});

describe("an address", () => {
  test.each([
    ["stowage_spreadsheet", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["stowage_json", "json", "application/json"],
  ])("of %s shows the comparison without a key for 30 days, as .%s", async (action, extension, mediaType) => {
    const said = (await pressed(action, checkout)) ?? "";
    const [, path = ""] = /https:\/\/stowage\.example\.com(\/v1\/sheets\/[^)]+)\)/.exec(said) ?? [];
    const response = await appOver(desk.database).ask(path);

    expect(path).toMatch(new RegExp(`\\.${extension}$`));
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toContain(mediaType);
    expect(said).toContain(`Until ${inThirtyDays} this address shows it to anybody who has it.`);
  });

  test("is listed with the user who had it made", async () => {
    await pressed("stowage_json", checkout);
    const made = await desk.database.select({ by: link.createdBy }).from(link);

    expect(new Set(made.map(({ by }) => by))).toEqual(new Set(["slack:T1/UANA"]));
  });

  test("is not made where it would show prices of one's own", async () => {
    expect(await pressed("stowage_spreadsheet", discounted)).toContain("No link is made");
    expect(await pressed("stowage_spreadsheet", discounted, { shareOwnPrices: true })).toContain("/v1/sheets/");
  });
});

describe("a press", () => {
  test("in a channel that does not see the workload says no more than one of a comparison that is gone", async () => {
    const none = JSON.stringify({ comparison: "0".repeat(32), workload: "checkout", title: "checkout@1" });
    const gone = await pressed("stowage_share", none);

    expect(gone).toContain("This comparison is no longer kept, or not for this channel.");
    for (const action of ["stowage_share", "stowage_why", "stowage_spreadsheet", "stowage_json"]) {
      expect(await pressed(action, checkout, { sees: () => false })).toBe(gone);
    }
  });

  test("of what has been erased says so", async () => {
    const value = buttonValue(await desk.say("2vcpu 4gb fargate"));
    await desk.database.delete(comparison).where(eq(comparison.id, JSON.parse(value).comparison));

    expect(await pressed("stowage_json", value)).toContain("no longer kept");
  });

  test.each([
    ["stowage_other", () => checkout],
    ["constructor", () => checkout],
    ["stowage_why", () => "{"],
    ["stowage_why", () => "null"],
    ["stowage_why", () => JSON.stringify({ comparison: "x", workload: null, title: "" })],
  ])("of %s that is none of ours is left to others", async (action, value) => {
    expect(await pressed(action, value())).toBeNull();
  });
});
