import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ephemeral } from "../../api/slack/answer-later.ts";
import type { SlackMessage } from "../../api/slack/messages.ts";
import { isResponseUrl, respond } from "../../api/slack/respond.ts";

const url = "https://hooks.slack.com/commands/T0OURS/1/secret";
const message = ephemeral("It costs $1.26.");
const inChannel: SlackMessage = { ...message, response_type: "in_channel" };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What Slack says one time after another; an error: the connection is lost. */
async function posted(
  said: readonly (number | Error | Response)[],
  { to = url, what = message, minutes = 30 }: { to?: string; what?: SlackMessage; minutes?: number } = {},
) {
  const begun = Date.now();
  const times: number[] = [];
  const asked: RequestInit[] = [];
  const fetch = ((_address: string, init: RequestInit) => {
    const next = said[times.length] ?? 200;
    times.push((Date.now() - begun) / 1000);
    asked.push(init);
    if (next instanceof Error) return Promise.reject(next);
    return Promise.resolve(typeof next === "number" ? new Response(null, { status: next }) : next);
  }) as typeof globalThis.fetch;
  const until = new Date(begun + minutes * 60_000);
  const outcome = respond(to, what, { fetch, until, now: () => new Date() }).then(
    () => "delivered",
    (error: { readonly code: string }) => error.code,
  );
  await vi.runAllTimersAsync();
  return { outcome: await outcome, times, asked };
}

const busy = (retryAfter: string) => new Response(null, { status: 429, headers: { "Retry-After": retryAfter } });
const lost = new TypeError("fetch failed");

describe("an answer is posted", () => {
  test("once where it is taken, as JSON, following no redirect", async () => {
    const { outcome, asked } = await posted([200]);

    expect([outcome, asked.length]).toEqual(["delivered", 1]);
    expect(asked[0]).toMatchObject({ method: "POST", redirect: "manual", body: JSON.stringify(message) });
    expect(new Headers(asked[0]?.headers).get("Content-Type")).toBe("application/json; charset=utf-8");
  });

  test("again after 0.5, 1, 2 and 4 s where Slack fails or cannot be reached, and then no more", async () => {
    expect(await posted([500, lost, 503, 502])).toMatchObject({ outcome: "delivered", times: [0, 0.5, 1.5, 3.5, 7.5] });
    expect(await posted([500, 500, 500, 500, 500])).toMatchObject({ outcome: "http_500", times: { length: 5 } });
    expect(await posted([lost, lost, lost, lost, lost])).toMatchObject({
      outcome: "unreachable",
      times: { length: 5 },
    });
  });

  test("again when Slack says, if that is within the time there is", async () => {
    expect(await posted([busy("30"), busy("soon")])).toMatchObject({ outcome: "delivered", times: [0, 30, 31] });
    expect(await posted([busy("60")], { minutes: 0.5 })).toMatchObject({ outcome: "http_429", times: [0] });
  });

  test.each([301, 302, 307, 308, 400, 403, 404, 410])("not again where Slack says %i", async (status) => {
    expect(await posted([status])).toMatchObject({ outcome: `http_${status}`, times: [0] });
  });

  test("in the channel not again where it may be there already", async () => {
    expect(await posted([lost], { what: inChannel })).toMatchObject({ outcome: "unreachable", times: [0] });
    expect(await posted([500], { what: inChannel })).toMatchObject({ outcome: "delivered", times: { length: 2 } });
  });
});

describe("nothing is posted", () => {
  test.each([
    "http://hooks.slack.com/commands/1",
    "https://hooks.slack.com:8443/commands/1",
    "https://hooks.slack.com@evil.example/commands/1",
    "https://anna@hooks.slack.com/commands/1",
    "https://:secret@hooks.slack.com/commands/1",
    "https://hooks.slack.com.evil.example/commands/1",
    "https://hooks.slack.com./commands/1",
    "https://evil.example/hooks.slack.com",
    "https://evil.example#@hooks.slack.com/",
    "https://hooks.slack.com%2eevil.example/",
    "https://hooks.slаck.com/commands/1",
    "https://169.254.169.254/latest/meta-data",
    "//hooks.slack.com/commands/1",
    "file:///etc/passwd",
    "",
  ])("to %s", async (to) => {
    expect(isResponseUrl(to)).toBe(false);
    expect(await posted([200], { to })).toMatchObject({ outcome: "not_slack", times: [] });
  });

  test("but to hooks.slack.com, by whichever spelling", () => {
    const spelled = [url, "https://hooks.slack.com:443/actions/1", "HTTPS://HOOKS.slack.COM/app/1"];
    expect(spelled.filter(isResponseUrl)).toEqual(spelled);
  });
});
