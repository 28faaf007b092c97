import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { root } from "../house/repository.ts";

export interface Running {
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  errors(): string;
  /** Ends it as a service manager does, and waits: its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Its exit code, once it has ended by itself. */
  readonly ended: Promise<number | null>;
}

/** `npm start` without npm, on a free port, in an environment with these settings alone. */
export function run(settings: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [join(root, "api/server.ts")], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, PORT: "0", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    errors: () => errors,
    ended,
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}

/** A server that answers, and where. */
export async function startServer(
  settings: Readonly<Record<string, string>>,
): Promise<Running & { readonly url: string }> {
  const running = run(settings);
  while (true) {
    const url = /^Ready at (http:\S+),/m.exec(running.output())?.[1];
    if (url !== undefined) return { ...running, url };
    const code = await Promise.race([running.ended, setTimeout(20, "running")]);
    if (code !== "running") throw new Error(`The server ended with ${code}: ${running.errors()}`);
  }
}

/** A directory that does not exist yet, and how to be rid of it. */
export function newDirectory(): { readonly path: string; remove(): void } {
  const parent = mkdtempSync(join(tmpdir(), "stowage-server-"));
  return { path: join(parent, "data"), remove: () => rmSync(parent, { recursive: true, force: true }) };
}
