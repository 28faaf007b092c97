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

const standIn = process.argv[2] ?? "";
const limits = readLimitSettings(process.env);
const opened = await openDatabase({ memory: true });
const { calculate } = startThreads(opened, limits);
const background = newBacklog(limits.threads + 1);
const { slack } = slackHere(slackSettings, { background, answerSecondsMax: 1800 });
if (slack === undefined) throw new Error("Slack is not set up");
const print = (line: string) => process.stdout.write(`${line}\n`);
const app = createApp({
  ...{ database: opened.database, calculate, readReferenceFile: readSwaggerUi, loopback: true },
  log: (line) => "error" in line && print(JSON.stringify(line)),
  freshness: () => ({ staleAfterDays: 36500, today: "2026-10-01" }),
  slack: {
    ...slack,
    fetch: (address, init) => fetch(`${address}`.replace("https://hooks.slack.com", standIn), init),
  },
});
const server = createServer(getRequestListener(app.fetch));
server.listen(0, "127.0.0.1", () => print(`Ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`));
