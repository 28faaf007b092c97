import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("slack-server.ts", import.meta.url));

export interface SlackServer extends AsyncDisposable {
  readonly url: string;
  /** What went wrong, as it is logged. */
  readonly errors: readonly string[];
}

/** A Node server of its own process whose Slack is at this address. */
export async function startSlackServer(slackUrl: string): Promise<SlackServer> {
  const child = spawn(process.execPath, ["--liftoff-only", script, slackUrl], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  ended.then(() => reject(new Error("The server has ended")));
  const errors: string[] = [];
  createInterface(child.stdout).on("line", (line) => {
    const url = /^Ready at (\S+)$/.exec(line)?.[1];
    if (url === undefined) errors.push(line);
    else resolve(url);
  });
  return {
    ...{ url: await promise, errors },
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}
