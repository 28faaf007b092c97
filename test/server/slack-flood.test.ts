import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fakeSlack } from "../slack/fake-slack.ts";
import { expectOnce, flood } from "../slack/flood.ts";

const script = fileURLToPath(new URL("../slack/slack-server.ts", import.meta.url));

test("200 commands at once are each acknowledged within 3 s and answered once, though Slack is slow and fails", async () => {
  await using slack = await fakeSlack();
  const child = spawn(process.execPath, ["--liftoff-only", script, slack.url], { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const [address] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  const texts = (from: number, count: number) => Array.from({ length: count }, (_, at) => `${from + at}`);
  const warming = await flood(address.trim(), texts(1000, 20));
  await expectOnce(slack, warming.paths, 60);
  const { milliseconds, paths } = await flood(address.trim(), texts(1, 200));
  console.log(milliseconds[0], milliseconds[100], milliseconds[198], milliseconds[199]);
  const begun = Date.now();

  expect(milliseconds.at(-1)).toBeLessThan(3000);
  const messages = await expectOnce(slack, paths, 100);
  console.log((Date.now() - begun) / 1000);
  expect(messages.every((message) => /"text":"\d+\.\d\d"/.test(message))).toBe(true);
  expect(slack.asked()).toBe(220 + 4 * 22);
  console.log(errors.slice(0, 2000));
  child.kill();
}, 180_000);
