import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Overloaded } from "../../api/calculating/calculate.ts";
import type { Slack } from "../../api/routes/slack.ts";
import { ephemeral } from "../../api/slack/answer-later.ts";
import type { SlackDesk, SlackMessage } from "../../api/slack/messages.ts";
import type { SlackSettings } from "../../api/slack/slack-settings.ts";
import { openDatabase } from "../../db/connect.ts";
import type { Database, OpenDatabase } from "../../db/database.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";
import { listSlackRequests } from "../../db/slack-audit.ts";
import { slackAudit as auditTable } from "../../db/slack-schema.ts";
import { command, press, responseUrlIn, signed, slackSettings } from "../slack/from-slack.ts";
import { appOver, problemsIn } from "./memory-app.ts";

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
}, 60_000);
afterAll(() => opened.close());
beforeEach(async () => {
  await opened.database.delete(auditTable);
});

interface Posted {
  readonly url: string;
  readonly message: SlackMessage;
}

interface Given {
  readonly settings?: Partial<SlackSettings>;
  readonly slack?: Partial<Slack>;
  readonly app?: Parameters<typeof appOver>[1];
  readonly database?: Database;
}

/** The app with Slack set up, what it posts, and a way to wait until all is posted. */
function withSlack({ settings, slack, app: more, database = opened.database }: Given = {}) {
  const works: (() => Promise<void>)[] = [];
  const posted: Posted[] = [];
  const asked: unknown[] = [];
  const desks: SlackDesk[] = [];
  const post = ((url: string, { body }: { readonly body: string }) => {
    posted.push({ url, message: JSON.parse(body) });
    return Promise.resolve(new Response("ok"));
  }) as unknown as typeof fetch;
  const app = appOver(database, {
    loopback: false,
    ...more,
    slack: {
      settings: { ...slackSettings, ...settings },
      background: { add: (work) => works.push(work), inTurn: (part) => part() },
      ...{ answerSecondsMax: 1800, fetch: post },
      answerCommand: (text, user, desk) => {
        asked.push({ text, user });
        desks.push(desk);
        return Promise.resolve(ephemeral(`answer to ${text}`));
      },
      answerAction: (action, user) => {
        asked.push({ action, user });
        return Promise.resolve(action.action_id === "json" ? null : ephemeral(`answer to ${action.action_id}`));
      },
      ...slack,
    },
  });
  const finish = async () => {
    for (let work = works.shift(); work !== undefined; work = works.shift()) await work();
  };
  return { ...app, works, posted, asked, desks, finish };
}

const commands = "/slack/commands";
const interactions = "/slack/interactions";

const audit = async () =>
  (await listSlackRequests(opened.database, { since: new Date(0), max: 100 })).map(
    ({ id: _, at: __, ...rest }) => rest,
  );

describe("a command", () => {
  test("is acknowledged with nothing before it is begun, then answered at its response_url, and noted", async () => {
    const { ask, works, asked, posted, finish } = withSlack();
    const body = command({ text: "compare shop" });
    const acknowledged = await ask(commands, signed(body));

    expect([acknowledged.status, await acknowledged.text(), works.length]).toEqual([200, "", 1]);
    expect([asked, posted]).toEqual([[], []]);
    const who = { team: "T0OURS", channel: "C0SHOP", user: "U0ANNA" };
    const noted = { ...who, kind: "command", asked: "compare shop" };
    expect(await audit()).toEqual([{ ...noted, outcome: "begun" }]);

    await finish();
    expect(asked).toEqual([{ text: "compare shop", user: who }]);
    expect(posted).toEqual([{ url: responseUrlIn(body), message: ephemeral("answer to compare shop") }]);
    expect(await audit()).toEqual([{ ...noted, outcome: "answered" }]);
  });

  test("needs no API key, and no name of this server's", async () => {
    for (const loopback of [true, false]) {
      const { ask } = withSlack({ app: { loopback } });
      const request = signed(command());
      const headers = { ...request.headers, Host: "stowage.example" };
      expect((await ask(commands, { ...request, headers })).status).toBe(200);
    }
  });

  test("is answered over what the settings say: address, own prices, workloads", async () => {
    const { ask, desks, finish } = withSlack({ settings: { channelWorkloads: { C0SHOP: ["shop"] } } });
    await ask(commands, signed(command()));
    await finish();
    const [desk] = desks;
    const user = { team: "T0OURS", channel: "C0SHOP", user: "U0ANNA" };

    expect([desk?.publicUrl, desk?.shareOwnPrices]).toEqual(["https://stowage.example", false]);
    expect([desk?.sees(user, "shop"), desk?.sees(user, "payroll")]).toEqual([true, false]);
  });

  test("has the address that it came to where none is set", async () => {
    const { ask, desks, finish } = withSlack({ settings: { publicUrl: null } });
    await ask(`https://here.example${commands}`, signed(command()));
    await finish();

    expect(desks[0]?.publicUrl).toBe("https://here.example");
  });

  test("is noted without credentials, and no longer than 500 characters", async () => {
    const { ask } = withSlack();
    await ask(commands, signed(command({ text: `stw_0123456789ab_${"0".repeat(64)}\0${"x".repeat(600)}` })));

    expect((await audit())[0]?.asked).toBe(`***${"x".repeat(497)}`);
  });
});

describe("a button", () => {
  test("is acknowledged with nothing, answered at its response_url and noted", async () => {
    const { ask, asked, posted, finish } = withSlack();
    const body = press();
    const acknowledged = await ask(interactions, signed(body));
    expect([acknowledged.status, await acknowledged.text()]).toEqual([200, ""]);
    await finish();

    const user = { team: "T0OURS", channel: "C0SHOP", user: "U0ANNA" };
    expect(asked).toEqual([{ action: { action_id: "why", value: "abc" }, user }]);
    expect(posted).toEqual([{ url: responseUrlIn(body), message: ephemeral("answer to why") }]);
    expect(await audit()).toEqual([{ ...user, kind: "action", asked: "why abc", outcome: "answered" }]);
  });

  test("that opens an address is noted, and has no answer", async () => {
    const { ask, posted, finish } = withSlack();
    await ask(interactions, signed(press({ actions: [{ type: "button", action_id: "json" }] })));
    await finish();

    expect([posted, await audit()]).toMatchObject([[], [{ asked: "json ", outcome: "answered" }]]);
  });

  test("is all that is understood: of other interactions nothing comes", async () => {
    const { ask, works } = withSlack();
    const body = `${new URLSearchParams({ payload: '{"type":"view_closed"}' })}`;

    expect((await ask(interactions, signed(body))).status).toBe(200);
    expect([works, await audit()]).toEqual([[], []]);
  });
});

describe("refused with 401, and nothing done:", () => {
  const body = command();
  const right = () => signed(body);
  const long = (seconds: number) => new Date(Date.now() + seconds * 1000);
  const twice = (name: string) => {
    const headers = new Headers(right().headers);
    headers.append(name, `${headers.get(name)}`);
    return { ...right(), headers };
  };
  test.each<[string, RequestInit]>([
    ["no signature", { ...right(), headers: { "Content-Type": "application/x-www-form-urlencoded" } }],
    ["another secret", signed(body, { secret: "fedcba9876543210fedcba9876543210" })],
    ["signed six minutes ago", signed(body, { at: long(-360) })],
    ["signed for six minutes from now", signed(body, { at: long(360) })],
    ["another body", { ...right(), body: body.replace("help", "share") }],
    ["a field more", { ...right(), body: `${body}&text=share` }],
    ["the signature twice", twice("X-Slack-Signature")],
    ["the time twice", twice("X-Slack-Request-Timestamp")],
  ])("%s", async (_, request) => {
    const { ask, works } = withSlack();
    for (const path of [commands, interactions]) {
      const refused = await ask(path, request);
      expect([refused.status, refused.headers.get("WWW-Authenticate")]).toEqual([401, "Slack"]);
      expect(await problemsIn(refused)).toMatchObject([{ code: "not_signed" }]);
    }
    expect([works, await audit()]).toEqual([[], []]);
  });

  test("what was received before, also by another process on the database", async () => {
    const [first, second] = [withSlack(), withSlack()];
    const request = signed(command());
    const statuses: number[] = [];
    for (const { ask } of [first, first, second]) statuses.push((await ask(commands, request)).status);

    expect(statuses).toEqual([200, 401, 401]);
    expect([first.works.length, second.works.length, (await audit()).length]).toEqual([1, 0, 1]);
  });

  test("nineteen of the same twenty at once", async () => {
    const { ask, works } = withSlack();
    const request = signed(command());
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(commands, request)));

    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
    expect(works).toHaveLength(1);
  });

  test("20,000 fields that nobody has signed, within 0.3 s", async () => {
    const { ask } = withSlack();
    const fields = Array.from({ length: 20_000 }, (_, at) => at.toString(36)).join("&");
    const begun = performance.now();
    const refused = await ask(commands, signed(fields, { secret: "fedcba9876543210fedcba9876543210" }));

    expect([refused.status, performance.now() - begun < 300]).toEqual([401, true]);
  });

  test("all there is where Slack is not set up", async () => {
    const { ask } = appOver(opened.database);
    const refused = await ask(commands, signed(command()));

    expect([refused.status, await problemsIn(refused)]).toMatchObject([401, [{ code: "slack_not_set_up" }]]);
  });
});

test("whether anybody answers is told without a signature, and does nothing: ssl_check", async () => {
  const { ask, works } = withSlack();
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const answered = await ask(commands, { method: "POST", headers, body: "ssl_check=1&token=x" });

  expect([answered.status, await answered.text(), works, await audit()]).toEqual([200, "", [], []]);
});

describe("what is signed but not as Slack sends it is refused by place, and nothing done:", () => {
  test.each([
    [commands, `${command()}&text=twice`, "field_twice", "text"],
    [commands, command({ response_url: "https://evil.example/secret" }), "wrong_field", "response_url"],
    [commands, command({ team_id: "" }), "wrong_field", "team_id"],
    [commands, "text=help", "wrong_field", "team_id"],
    [interactions, "payload=", "empty_text", ""],
    [interactions, "payload=%7B", "not_json", ""],
    [interactions, `payload=${encodeURIComponent('{"a":1,"a":2}')}`, "duplicate_field", "a"],
    [interactions, press({ response_url: "http://hooks.slack.com/actions/1" }), "wrong_field", "payload.response_url"],
    [interactions, press({ actions: [] }), "wrong_field", "payload.actions"],
    [interactions, press({ user: { team_id: "T0OURS" } }), "wrong_field", "payload.user.id"],
  ])("%s %s: %s", async (path, body, code, place) => {
    const { ask, works } = withSlack();
    const refused = await ask(path, signed(body));
    const problems = await problemsIn(refused);

    expect([refused.status, problems[0]]).toMatchObject([400, { code, path: place }]);
    expect(JSON.stringify(problems)).not.toContain("secret");
    expect([works, await audit()]).toEqual([[], []]);
  });

  test("JSON: 415; over 100 kB: 413", async () => {
    const { ask } = withSlack();
    const json = signed(command());
    const headers = { ...json.headers, "Content-Type": "application/json" };
    expect((await ask(commands, { ...json, headers })).status).toBe(415);
    expect((await ask(commands, signed(command({ text: "x".repeat(100_000) })))).status).toBe(413);
  });
});

describe("whoever may not ask is told so and noted:", () => {
  const only = { channels: ["C0OTHER"] };
  test.each<[string, string, string, Partial<SlackSettings>]>([
    ["another workspace", command({ team_id: "T0THEIRS" }), "workspace_not_allowed", {}],
    ["another channel", command(), "channel_not_allowed", only],
  ])("%s by a command, at once", async (_, body, code, settings) => {
    const { ask, asked, posted, finish } = withSlack({ settings });
    const refused = await ask(commands, signed(body));
    const word = { response_type: "ephemeral", text: expect.stringContaining("Whoever runs it can add") };

    expect([refused.status, await refused.json()]).toEqual([200, word]);
    await finish();
    expect([asked, posted]).toEqual([[], []]);
    expect(await audit()).toMatchObject([{ user: "U0ANNA", asked: "help", outcome: code }]);
  });

  test.each<[string, string, string, Partial<SlackSettings>, object?]>([
    ["another workspace", press({ team: { id: "T0THEIRS" } }), "workspace_not_allowed", {}],
    [
      "a guest of another workspace in a shared channel",
      press({ user: { id: "U0GUEST", team_id: "T0THEIRS" } }),
      "other_workspace",
      {},
      { team: "T0THEIRS", user: "U0GUEST" },
    ],
    ["another channel", press(), "channel_not_allowed", only],
  ])("%s by a button, afterwards", async (_, body, code, settings, who) => {
    const { ask, asked, posted, finish } = withSlack({ settings });
    const refused = await ask(interactions, signed(body));
    expect([refused.status, await refused.text()]).toEqual([200, ""]);
    await finish();

    const text = expect.stringContaining("Whoever runs it can add");
    expect(asked).toEqual([]);
    expect(posted).toMatchObject([{ url: responseUrlIn(body), message: { response_type: "ephemeral", text } }]);
    expect(await audit()).toMatchObject([{ ...who, kind: "action", outcome: code }]);
  });
});

describe("nobody is left without a word:", () => {
  const failing = (...errors: Error[]): Partial<Slack> => ({
    answerCommand: () => {
      const error = errors.shift();
      return error === undefined ? Promise.resolve(ephemeral("done")) : Promise.reject(error);
    },
  });
  const asking = async (given: Given) => {
    const app = withSlack(given);
    const acknowledged = await app.ask(commands, signed(command()));
    await app.finish();
    return { ...app, acknowledged, said: app.posted.map(({ message }) => message.text) };
  };

  test("a mistake of ours is told with its number in the log, which quotes nothing", async () => {
    const { said, log } = await asking({ slack: failing(new TypeError("secret")) });
    const line = log.find((one): one is { readonly requestId: string } => "error" in one);

    expect(said).toEqual([expect.stringContaining(`In the log it has the number ${line?.requestId}.`)]);
    expect(line).toMatchObject({ error: "TypeError" });
    expect(JSON.stringify(log)).not.toContain("secret");
    expect(await audit()).toMatchObject([{ outcome: "internal_error" }]);
  });

  test("where as many comparisons wait as may, this one waits too", async () => {
    const { said } = await asking({ slack: failing(new Overloaded(), new Overloaded()) });
    expect([said, await audit()]).toMatchObject([["done"], [{ outcome: "answered" }]]);
  });

  test("the database may be gone by the time it is answered", async () => {
    const { said } = await asking({ slack: failing(new DatabaseUnreachable(new Error("gone"))) });
    expect([said, await audit()]).toMatchObject([
      [expect.stringContaining("nothing was done")],
      [{ outcome: "database_unreachable" }],
    ]);
  });

  test("a server that is to end begins nothing", async () => {
    const { said, asked } = await asking({ app: { ending: AbortSignal.abort() } });
    expect([said, asked, await audit()]).toMatchObject([
      [expect.stringContaining("being stopped")],
      [],
      [{ outcome: "stopping" }],
    ]);
  });

  test("what Slack does not take is logged without its address", async () => {
    const fetch = (() => Promise.resolve(new Response(null, { status: 404 }))) as unknown as typeof globalThis.fetch;
    const { log } = await asking({ slack: { fetch } });

    expect(await audit()).toMatchObject([{ outcome: "not_delivered" }]);
    expect(log).toContainEqual(expect.objectContaining({ error: "NotDelivered http_404" }));
    expect(JSON.stringify(log)).not.toMatch(/hooks\.slack|secret/);
  });

  /** The database, which notes requests in another way. */
  function noting(note: (rows: readonly object[]) => Promise<unknown>): Database {
    const values = (rows: readonly object[]) => ({ onConflictDoNothing: () => ({ returning: () => note(rows) }) });
    const insert = () => ({ values });
    return new Proxy(opened.database, {
      get: (target, name) => (name === "insert" ? insert : Reflect.get(target, name)),
    });
  }

  test("where nothing can be noted nothing is done", async () => {
    const database = noting(() => Promise.reject(new DatabaseUnreachable(new Error("gone"))));
    const { ask, asked, posted, finish } = withSlack({ database });
    const statuses = [await ask(commands, signed(command())), await ask(interactions, signed(press()))];
    const refused = await ask(commands, signed(command({ team_id: "T0THEIRS" })));
    await finish();
    const told = { message: { response_type: "ephemeral", text: expect.stringContaining("nothing was done") } };

    expect([statuses.map(({ status }) => status), asked, posted]).toMatchObject([[200, 200], [], [told, told]]);
    expect(await refused.text()).toContain("SLACK_TEAMS");
  });

  test.each<[string, boolean, number]>([
    ["done once it is noted", true, 1],
    ["not done if it was received before", false, 0],
  ])("what a slow database takes 2 s to note is acknowledged before that, and %s", async (_, isFirst, expected) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const database = noting(async (rows) => await promise.then(() => (isFirst ? rows : [])));
    const { ask, asked, posted, finish } = withSlack({ database });
    const begun = performance.now();
    const acknowledged = await ask(commands, signed(command()));
    const milliseconds = performance.now() - begun;
    setTimeout(resolve, 1000);
    await finish();

    expect([acknowledged.status, milliseconds < 1900]).toEqual([200, true]);
    expect([asked.length, posted.length]).toEqual([expected, expected]);
  });
});

describe("GET /v1/slack-audit", () => {
  test("lists what was asked, the latest first, of so many days, without signatures", async () => {
    const { ask } = withSlack({ app: { loopback: true } });
    await ask(commands, signed(command({ text: "first" })));
    await ask(commands, signed(command({ text: "second" })));
    const old = new Date(Date.now() - 3 * 86_400_000);
    await opened.database.update(auditTable).set({ at: old });
    await ask(commands, signed(command({ text: "third" })));
    const asked = async (query: string) => {
      const { requests } = (await (await ask(`/v1/slack-audit${query}`)).json()) as { requests: { asked: string }[] };
      return requests;
    };

    expect((await asked("?days=1")).map((one) => one.asked)).toEqual(["third"]);
    expect((await asked("?days=4")).map((one) => one.asked)[0]).toBe("third");
    expect(await asked("")).toHaveLength(3);
    expect(Object.keys((await asked(""))[0] ?? {}).sort()).toEqual(
      ["at", "asked", "channel", "kind", "outcome", "team", "user"].sort(),
    );
    expect((await ask("/v1/slack-audit?days=0")).status).toBe(400);
  });
});
