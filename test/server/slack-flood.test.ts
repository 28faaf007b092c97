import { expect, test, vi } from "vitest";
import { fakeSlack } from "../slack/fake-slack.ts";
import { answersTo, comparisons, flood } from "../slack/flood.ts";
import { command, signed } from "../slack/from-slack.ts";
import { startSlackServer } from "../slack/start-slack-server.ts";

test("200 commands at once are each acknowledged within 3 s and answered once, though Slack is slow and fails", async () => {
  await using slack = await fakeSlack();
  await using server = await startSlackServer(slack.url);
  const commands = comparisons(1, 200);
  const flooded = await flood(server.url, commands);
  const answers = await answersTo(slack, flooded, 100);

  expect(flooded.milliseconds.at(-1)).toBeLessThan(3000);
  expect(answers.map(({ length }) => length)).toEqual(new Array(200).fill(1));
  for (const [at, [answer = ""]] of answers.entries()) {
    expect(JSON.parse(answer)).toMatchObject({ response_type: "ephemeral", text: expect.stringMatching(/\$\d/) });
    expect(answer).toContain(commands[at]);
  }
  // Of every ten Slack has not taken four at first.
  expect(slack.asked()).toBe(200 + 80);
  expect(server.errors()).toEqual([]);
}, 180_000);

test("a server that is told to stop answers what it has acknowledged, or says that it is being stopped, and ends with 0", async () => {
  await using slack = await fakeSlack({ hangs: false });
  await using server = await startSlackServer(slack.url);
  const flooded = await flood(server.url, comparisons(1, 20));
  const code = await server.stop();
  const answers = await answersTo(slack, flooded, 0);

  expect(code).toBe(0);
  expect(answers.map(({ length }) => length)).toEqual(new Array(20).fill(1));
  const stopped = answers.filter(([answer = ""]) => answer.includes("is being stopped"));
  expect(stopped.length).toBeGreaterThan(0);
  expect(server.errors()).toEqual([]);
});

test("a redirect is not followed", async () => {
  await using slack = await fakeSlack();
  await using server = await startSlackServer(slack.url);
  const asked = signed(command({ response_url: "https://hooks.slack.com/redirect/1" }));
  expect((await fetch(`${server.url}/slack/commands`, asked)).status).toBe(200);
  await vi.waitFor(() => expect(server.errors().join()).toContain("NotDelivered http_307"), 10_000);

  expect([slack.asked(), slack.taken.size]).toEqual([1, 0]);
});
