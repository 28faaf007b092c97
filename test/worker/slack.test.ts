import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openDatabase } from "../../db/connect.ts";
import { prepareServer } from "../../db/prepare-server.ts";
import { listSlackRequests } from "../../db/slack-audit.ts";
import { makePrivatePostgres, type PrivatePostgres, postgresPrograms } from "../server/private-postgres.ts";
import { type FakeSlack, fakeSlack } from "../slack/fake-slack.ts";
import { answersTo, comparisons, flood } from "../slack/flood.ts";
import { command, press, responseUrlIn, signed, signingSecret } from "../slack/from-slack.ts";
import { type Bundle, bundleWorker } from "./bundle.ts";
import { type RunningWorker, startWorker } from "./workerd.ts";

/** Hyperdrive shares few connections among many requests; on a developer's machine each request has its own. */
const connections = 500;

const commandsPath = "/slack/commands";

describe.each(postgresPrograms === null ? [] : [connections])(
  "Slack and the Worker, with %i connections to its database",
  () => {
    let bundle: Bundle;
    let postgres: PrivatePostgres;
    let slack: FakeSlack;
    let worker: RunningWorker;
    beforeAll(async () => {
      bundle = await bundleWorker();
      postgres = await makePrivatePostgres({ connections });
      await postgres.start();
      await prepareServer(postgres.url);
      slack = await fakeSlack({ hangs: false });
      const settings = { SLACK_SIGNING_SECRETS: signingSecret, SLACK_TEAMS: "T0OURS" };
      worker = await startWorker(postgres.url, { ...settings, OUTBOUND: { internet: slack.url } }, bundle);
    }, 90_000);
    afterAll(async () => {
      await worker[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
      await postgres.remove();
    });

    const answer = async (body: string) => {
      const { pathname } = new URL(responseUrlIn(body));
      await vi.waitFor(() => expect(slack.taken.get(pathname)).toHaveLength(1), 20_000);
      return JSON.parse(slack.taken.get(pathname)?.[0] ?? "");
    };

    test("200 commands at once are each acknowledged within 3 s and answered once, though Slack is slow and fails", async () => {
      const url = (await worker.workerd.ready).origin;
      await answersTo(slack, await flood(url, comparisons(1000, 20, " fargate")), 60);
      const flooded = await flood(url, comparisons(1, 200, " fargate"));
      const answers = await answersTo(slack, flooded, 60);

      expect(flooded.milliseconds.at(-1)).toBeLessThan(3000);
      expect(answers.map(({ length }) => length)).toEqual(new Array(200).fill(1));
      expect(answers.filter(([said = ""], at) => !said.includes(`"${at + 1}x 0.5vcpu 1gb `))).toEqual([]);
      expect(worker.log.filter((line) => "error" in line)).toEqual([]);
    }, 180_000);

    test("a command and the buttons of its answer are answered and noted", async () => {
      const body = command({ text: "6x 0.5vcpu 1gb" });
      expect((await worker.ask(commandsPath, signed(body))).status).toBe(200);
      const { blocks } = (await answer(body)) as { blocks: { type: string; elements: Record<string, string>[] }[] };
      const buttons = blocks.find(({ type }) => type === "actions")?.elements ?? [];
      const share = buttons.find(({ action_id }) => action_id?.includes("share"));
      const pressed = press({ actions: [share] });
      expect((await worker.ask("/slack/interactions", signed(pressed))).status).toBe(200);

      expect(await answer(pressed)).toMatchObject({ response_type: "in_channel" });
      const opened = await openDatabase({ databaseUrl: postgres.url });
      const noted = () => listSlackRequests(opened.database, { since: new Date(0), max: 2 });
      await vi.waitFor(async () =>
        expect((await noted()).map(({ outcome }) => outcome)).toEqual(["answered", "answered"]),
      );
      expect(await noted()).toMatchObject([{ kind: "action" }, { kind: "command", asked: "6x 0.5vcpu 1gb" }]);
      await opened.close();
    }, 60_000);

    test("a replay, another secret, a stale time and a time to come are refused with 401, and nothing is done", async () => {
      const right = signed(command({ team_id: "T0THEIRS" }));
      const ago = (seconds: number) => ({ at: new Date(Date.now() - seconds * 1000) });
      const requests = [
        right,
        right,
        signed(command(), { secret: "fedcba9876543210fedcba9876543210" }),
        signed(command(), ago(310)),
        signed(command(), ago(-310)),
      ];
      const asked = slack.asked();
      const statuses: number[] = [];
      for (const request of requests) statuses.push((await worker.ask(commandsPath, request)).status);

      expect(statuses).toEqual([200, 401, 401, 401, 401]);
      expect(slack.asked()).toBe(asked);
    });

    test("a redirect is not followed", async () => {
      const asked = slack.asked();
      await worker.ask(commandsPath, signed(command({ response_url: "https://hooks.slack.com/redirect/1" })));
      await vi.waitFor(() => expect(JSON.stringify(worker.log)).toContain("NotDelivered http_307"), 10_000);

      expect([slack.asked() - asked, slack.taken.has("/stolen")]).toEqual([1, false]);
    });

    test("settings that cannot be used are told in the log, and Slack may not ask: 401", async () => {
      const settings = { SLACK_SIGNING_SECRETS: signingSecret, SLACK_TEAMS: "acme" };
      await using wrong = await startWorker(postgres.url, settings, bundle);

      expect((await wrong.ask(commandsPath, signed(command()))).status).toBe(401);
      await vi.waitFor(() => expect(wrong.log).toContainEqual(expect.objectContaining({ slack: "not set up" })));
    });
  },
);
