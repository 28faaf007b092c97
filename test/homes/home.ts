import { prepareServer } from "../../db/prepare-server.ts";
import { createDatabase } from "../db/engines.ts";
import { startServer } from "../server/start-server.ts";
import { signingSecret } from "../slack/from-slack.ts";
import { bundleWorker } from "../worker/bundle.ts";
import { startWorker } from "../worker/workerd.ts";
import { type Ask, askAt } from "./ask-at.ts";
import { type DatabaseGate, gateBefore } from "./database-gate.ts";

/** Somewhere that the app lives: whatever holds of one holds of the other. */
export interface Home {
  readonly name: "Node" | "workerd";
  /** With the bundled prices in a database of its own, for this machine alone, and without keys as yet. */
  start(settings: { readonly requestsPerMinute: number }): Promise<RunningHome>;
}

export interface RunningHome {
  /** Between the home and its database. */
  readonly gate: DatabaseGate;
  readonly ask: Ask;
  close(): Promise<void>;
}

/** Of a workspace that nobody is of: nothing is ever posted to Slack. */
const slack = { SLACK_SIGNING_SECRETS: signingSecret, SLACK_TEAMS: "T0NOBODY" };

const node: Home = {
  name: "Node",
  async start({ requestsPerMinute }) {
    const { gate, drop } = await prepared();
    const limits = { STOWAGE_REQUESTS_PER_MINUTE: `${requestsPerMinute}`, STOWAGE_THREADS: "1" };
    const server = await startServer({ DATABASE_URL: gate.url, ...limits, ...slack });
    const close = async () => {
      await server.stop();
      await drop();
    };
    return { gate, ask: askAt(server.url), close };
  },
};

/** The runtime of Cloudflare Workers, with its Hyperdrive and rate limit as they are on a developer's machine. */
const workerd: Home = {
  name: "workerd",
  async start({ requestsPerMinute }) {
    const [{ gate, drop }, bundle] = await Promise.all([prepared(), bundleWorker()]);
    const settings = { STOWAGE_LOCAL_DEVELOPMENT: "yes", RATE_LIMIT: { requestsPerMinute }, ...slack };
    const worker = await startWorker(gate.url, settings, bundle);
    const close = async () => {
      await worker[Symbol.asyncDispose]();
      await drop();
    };
    return { gate, ask: askAt((await worker.workerd.ready).href), close };
  },
};

export const homes: readonly Home[] = [node, workerd];

async function prepared() {
  const own = await createDatabase();
  await prepareServer(own.url);
  const gate = await gateBefore(own.url);
  const drop = async () => {
    await gate.close();
    await own.drop();
  };
  return { gate, drop };
}
