import { describe, expect, test } from "vitest";
import { readSlackSettings, seesWorkload, slackMistakes } from "../../api/slack/slack-settings.ts";
import { signingSecret, slackSettings } from "./from-slack.ts";

const least = { SLACK_SIGNING_SECRETS: signingSecret, SLACK_TEAMS: "T0OURS" };

test("with nothing set Slack is not set up, and with secrets and teams it is", () => {
  expect([slackMistakes({}), readSlackSettings({})]).toEqual([[], null]);
  expect([slackMistakes(least), readSlackSettings(least)]).toEqual([[], { ...slackSettings, publicUrl: null }]);
});

test("what is set is taken, lists with spaces or commas", () => {
  const said = {
    SLACK_SIGNING_SECRETS: `${signingSecret}, an_older_secret_1`,
    SLACK_TEAMS: "T0OURS,T0THEIRS E0ALL",
    SLACK_CHANNELS: " C0SHOP  G0BACK ",
    SLACK_CHANNEL_WORKLOADS: '{"C0SHOP": ["shop-*"], "*": []}',
    SLACK_SHARE_OWN_PRICES: "yes",
    STOWAGE_PUBLIC_URL: "https://stowage.example/",
  };
  expect([slackMistakes(said), readSlackSettings(said)]).toEqual([
    [],
    {
      signingSecrets: [signingSecret, "an_older_secret_1"],
      teams: ["T0OURS", "T0THEIRS", "E0ALL"],
      channels: ["C0SHOP", "G0BACK"],
      channelWorkloads: { C0SHOP: ["shop-*"], "*": [] },
      shareOwnPrices: true,
      publicUrl: "https://stowage.example",
    },
  ]);
});

describe("what cannot be used is told by name, and no secret with it:", () => {
  test.each([
    ["SLACK_SIGNING_SECRETS", "hunter2"],
    ["SLACK_SIGNING_SECRETS", `${signingSecret};hunter2`],
    ["SLACK_TEAMS", ""],
    ["SLACK_TEAMS", "acme"],
    ["SLACK_TEAMS", "T0OURS;T0THEIRS"],
    ["SLACK_CHANNELS", "#shop"],
    ["SLACK_CHANNEL_WORKLOADS", "shop"],
    ["SLACK_CHANNEL_WORKLOADS", '{"#shop": ["shop"]}'],
    ["SLACK_CHANNEL_WORKLOADS", '{"C0SHOP": "shop"}'],
    ["SLACK_CHANNEL_WORKLOADS", '{"C0SHOP": ["s*p"]}'],
    ["SLACK_SHARE_OWN_PRICES", "true"],
    ["STOWAGE_PUBLIC_URL", "stowage.example"],
    ["STOWAGE_PUBLIC_URL", "https://stowage.example/slack"],
  ])("%s=%s", (name, value) => {
    const told = slackMistakes({ ...least, [name]: value });

    expect(told).toEqual([expect.stringMatching(new RegExp(`^${name} (must be|is not set).*\\.$`))]);
    expect(told.join()).not.toContain("hunter2");
  });

  test.each(["SLACK_TEAMS", "SLACK_CHANNELS", "SLACK_SHARE_OWN_PRICES"])("%s without a secret", (name) => {
    const value = { SLACK_TEAMS: "T0OURS", SLACK_CHANNELS: "C0SHOP", SLACK_SHARE_OWN_PRICES: "yes" }[name];
    expect(slackMistakes({ [name]: value })).toEqual([expect.stringContaining(`${name} is set, but not`)]);
  });
});

describe("a channel sees", () => {
  const channelWorkloads = { C0SHOP: ["shop", "shop-*"], C0ALL: ["*"], "*": ["demo"] };
  test.each([
    ["C0SHOP", "shop", true],
    ["C0SHOP", "shop-eu", true],
    ["C0SHOP", "shopping", false],
    ["C0SHOP", "demo", false],
    ["C0ALL", "payroll", true],
    ["C0OTHER", "demo", true],
    ["C0OTHER", "demo-2", false],
  ])("%s %s: %s", (channel, workload, expected) => {
    expect(seesWorkload({ ...slackSettings, channelWorkloads }, channel, workload)).toBe(expected);
  });

  test("all of them where nothing is set, and none where only others are named", () => {
    expect(seesWorkload(slackSettings, "C0SHOP", "payroll")).toBe(true);
    expect(seesWorkload({ ...slackSettings, channelWorkloads: { C0ALL: ["*"] } }, "C0SHOP", "payroll")).toBe(false);
  });
});
