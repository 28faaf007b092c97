import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { slackMistakes } from "../../api/slack/slack-settings.ts";
import { root } from "../house/repository.ts";
import { newDirectory, startServer } from "../server/start-server.ts";
import { command, signed, signingSecret } from "../slack/from-slack.ts";

const directory = newDirectory();
const STOWAGE_DATA = directory.path;
afterAll(() => directory.remove());

/** `npm run slack` without npm, in an environment with these settings alone. */
async function slack(...words: string[]) {
  const child = spawn(process.execPath, ["--liftoff-only", join(root, "scripts/slack.ts"), ...words], {
    ...{ cwd: root, env: { STOWAGE_DATA } },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: code as number, output, errors };
}

describe("npm run slack -- manifest", () => {
  test("prints the app for this address: a command, buttons, and no right but to be commanded", async () => {
    const { code, output } = await slack("manifest", "--url", "https://stowage.example.com/");
    const manifest = JSON.parse(output);

    expect(code).toBe(0);
    expect(manifest.features.slash_commands).toMatchObject([
      { command: "/stowage", url: "https://stowage.example.com/slack/commands" },
    ]);
    expect(manifest.settings.interactivity).toEqual({
      is_enabled: true,
      request_url: "https://stowage.example.com/slack/interactions",
    });
    expect(manifest.oauth_config).toEqual({ scopes: { bot: ["commands"] } });
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  });

  test.each([
    ["manifest"],
    ["manifest", "--url", "http://stowage.example.com"],
    ["manifest", "--url", "https://stowage.example.com/path"],
    ["audit", "--days", "0"],
    ["audit", "--hours", "1"],
    ["announce"],
  ])("%s %s %s is refused", async (...words) => {
    const { code, output, errors } = await slack(...words);
    expect([code, output, errors.length > 20]).toEqual([2, "", true]);
  });
});

test("npm run slack -- audit tells who has asked what, of a server too that holds the data directory", async () => {
  const settings = { SLACK_SIGNING_SECRETS: signingSecret, SLACK_TEAMS: "T0OTHERS" };
  expect(slackMistakes(settings)).toEqual([]);
  const server = await startServer({ STOWAGE_DATA, ...settings });
  const asked = await fetch(`${server.url}/slack/commands`, signed(command({ text: "compare\u001b[2J\nshop" })));
  expect(await asked.json()).toMatchObject({ text: expect.stringContaining("SLACK_TEAMS") });
  const there = await slack("audit", "--days", "1");
  expect(await server.stop()).toBe(0);
  const here = await slack("audit");

  expect(here).toEqual({ code: 0, output: there.output, errors: "" });
  const [heading, row] = here.output.split("\n");
  expect(heading).toMatch(/^at \(UTC\) +team +channel +user +kind +outcome +asked/);
  expect(row).toMatch(
    /^\d{4}-\d\d-\d\d [\d:]{8} +T0OURS +C0SHOP +U0ANNA +command +workspace_not_allowed +compare \[2J shop$/,
  );
});
