import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** The one that Miniflare and wrangler run. */
const load = createRequire(import.meta.resolve("miniflare"));
const { default: binary } = load("workerd") as { readonly default: string };

/** workerd itself, without Miniflare around it, whose JavaScript heap may not grow beyond a limit: V8 ends the process then. */
export interface LimitedWorkerd extends AsyncDisposable {
  /** The line logged by one run of the refresh; null: the process has ended. */
  trigger(): Promise<object | null>;
  /** Resident memory in MiB: now, and the most there ever was. */
  memory(): { readonly nowMiB: number; readonly peakMiB: number };
}

/** Only a Worker can trigger another one. */
const trigger = `export default { async fetch({ method }, { WORKER }) {
  if (method === "HEAD") return new Response(null);
  const { outcome } = await WORKER.scheduled({ cron: "*/5 4-5 * * *" });
  return new Response(outcome);
} };`;

export async function startLimited(
  script: string,
  settings: Readonly<Record<string, string>>,
  { databaseUrl, heapMiB }: { readonly databaseUrl: string; readonly heapMiB: number },
): Promise<LimitedWorkerd> {
  const folder = mkdtempSync(join(tmpdir(), "stowage-workerd-"));
  const port = await freePort();
  writeFileSync(join(folder, "worker.js"), script);
  writeFileSync(join(folder, "trigger.js"), trigger);
  const bindings = [
    `(name = "HYPERDRIVE", json = ${JSON.stringify(JSON.stringify({ connectionString: databaseUrl }))})`,
    ...Object.entries(settings).map(([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`),
  ];
  writeFileSync(join(folder, "config.capnp"), configuration({ port, heapMiB, bindings }));
  const child = spawn(binary, ["serve", "--experimental", join(folder, "config.capnp")]);
  const log: object[] = [];
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    const lines = said.split("\n");
    said = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("{")) log.push(JSON.parse(line) as object);
  });
  child.stderr?.pipe(process.stderr);
  await answering(port, child);
  return {
    trigger: async () => {
      const outcome = await fetch(`http://127.0.0.1:${port}/`)
        .then((answer) => answer.text())
        .catch(() => null);
      if (outcome === null) return null;
      while (log.length === 0) await setTimeout(10);
      return log.shift() ?? null;
    },
    memory: () => memoryOf(child),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null && child.kill("SIGKILL")) await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}

function configuration({
  port,
  heapMiB,
  bindings,
}: {
  port: number;
  heapMiB: number;
  bindings: readonly string[];
}): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = ["--max-heap-size=${heapMiB}"],
  services = [
    (name = "trigger", worker = (modules = [(name = "trigger.js", esModule = embed "trigger.js")],
      compatibilityDate = "2026-04-01", compatibilityFlags = ["service_binding_extra_handlers"],
      bindings = [(name = "WORKER", service = "worker")])),
    (name = "worker", worker = (modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-04-01", compatibilityFlags = ["nodejs_compat"],
      bindings = [${bindings.join(", ")}])),
    (name = "internet", network = (allow = ["public", "private"])) ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "trigger")]);
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  const until = Date.now() + 30_000;
  while (child.exitCode === null && Date.now() < until) {
    // Nobody is there to be triggered by this method, and nothing is.
    const there = await fetch(`http://127.0.0.1:${port}/`, { method: "HEAD" }).then(
      () => true,
      () => false,
    );
    if (there) return;
    await setTimeout(50);
  }
  throw new Error("workerd does not start");
}

function memoryOf({ pid }: ChildProcess) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (name: string) => Number(status.match(new RegExp(`${name}:\\s+(\\d+) kB`))?.[1]) / 1024;
  return { nowMiB: Math.round(read("VmRSS")), peakMiB: Math.round(read("VmHWM")) };
}
