import { newDirectory, type Running, startServer } from "../server/start-server.ts";
import { signingSecret } from "./from-slack.ts";

export interface SlackServer extends AsyncDisposable {
  readonly url: string;
  /** What went wrong, as it is logged. */
  errors(): readonly string[];
  readonly stop: Running["stop"];
}

/** A server whose Slack is at this address. */
export async function startSlackServer(slackUrl: string): Promise<SlackServer> {
  const directory = newDirectory();
  const server = await startServer({
    ...{ STOWAGE_DATA: directory.path, SLACK_SIGNING_SECRETS: signingSecret, SLACK_TEAMS: "T0OURS" },
    ...{ SLACK_STAND_IN: slackUrl, NODE_OPTIONS: `--import=${import.meta.resolve("./stand-in.ts")}` },
  });
  return {
    ...{ url: server.url, stop: server.stop },
    errors: () =>
      server
        .output()
        .split("\n")
        .filter((line) => line.includes('"error":')),
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      directory.remove();
    },
  };
}
