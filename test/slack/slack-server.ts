/**
 * The Node server with a stand-in for hooks.slack.com, whose address is the first word: what is posted to Slack goes there. Such an
 * address can be set nowhere else. Prices are the bundled ones, in memory. Prints where it listens.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "../../api/app.ts";
import { startThreads } from "../../api/calculating/threads.ts";
import { readLimitSettings } from "../../api/limit-settings.ts";
import { newBacklog } from "../../api/slack/backlog.ts";
import { slackHere } from "../../api/slack/slack-here.ts";
import { readSwaggerUi } from "../../api/swagger-ui.ts";
import { openDatabase } from "../../db/connect.ts";
import { slackSettings } from "./from-slack.ts";
import { seededCommand } from "./seeded-command.ts";

const standIn = process.argv[2] ?? "";
const limits = readLimitSettings(process.env);
const opened = await openDatabase({ memory: true });
const { calculate } = startThreads(opened, limits);
const { slack } = slackHere(slackSettings, {
  background: newBacklog(limits.threads + 1),
  answerSecondsMax: 1800,
});
if (slack === undefined) throw new Error("Slack is not set up");
const app = createApp({
  database: opened.database,
  readReferenceFile: readSwaggerUi,
  log: (line) => console.error(JSON.stringify(line)),
  freshness: () => ({ staleAfterDays: 36500, today: "2026-10-01" }),
  loopback: true,
  calculate,
  slack: {
    ...slack,
    answerCommand: seededCommand,
    fetch: (address, init) => fetch(`${address}`.replace("https://hooks.slack.com", standIn), init),
  },
});
const server = createServer(getRequestListener(app.fetch));
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
