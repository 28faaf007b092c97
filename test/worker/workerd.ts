import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { type Bundle, bundleWorker } from "./bundle.ts";

const config = fileURLToPath(new URL("../../wrangler.toml", import.meta.url));

/** The Worker in workerd, as `wrangler.toml` describes it, over a database and with settings of the caller's. */
export interface RunningWorker extends AsyncDisposable {
  /** Lines of its log. */
  readonly log: object[];
  readonly workerd: Miniflare;
  ask(path: string, init?: RequestInit): Promise<Response>;
}

export interface WorkerSettings {
  readonly [name: string]: string | { readonly connectionString: string } | { readonly requestsPerMinute: number };
  /** Left out: the database behind a Hyperdrive of this machine's, which brings the test down where it cannot connect. */
  readonly HYPERDRIVE?: { readonly connectionString: string };
  /** Left out: as many as `wrangler.toml` says. */
  readonly RATE_LIMIT?: { readonly requestsPerMinute: number };
}

export async function startWorker(
  databaseUrl: string,
  { RATE_LIMIT, ...settings }: WorkerSettings = {},
  bundle?: Bundle,
): Promise<RunningWorker> {
  const { script } = bundle ?? (await bundleWorker());
  process.env.CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE = withPassword(databaseUrl);
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config);
  const log: object[] = [];
  const workerd = new Miniflare({
    ...workerOptions,
    modules: [{ type: "ESModule", path: "worker.js", contents: script }],
    bindings: { ...workerOptions.bindings, ...settings },
    ...("HYPERDRIVE" in settings ? { hyperdrives: {} } : {}),
    ...(RATE_LIMIT
      ? { ratelimits: { RATE_LIMIT: { simple: { limit: RATE_LIMIT.requestsPerMinute, period: 60 } } } }
      : {}),
    ...{ host: "127.0.0.1", port: 0, inspectorPort: 0 },
    // Not to be asked of the world where this machine is.
    cf: false,
    log: new Log(LogLevel.WARN),
    handleRuntimeStdio: (stdout: Readable) => {
      stdout.setEncoding("utf8").on("data", (text: string) => {
        for (const line of text.split("\n").filter((each) => each.startsWith("{"))) log.push(JSON.parse(line));
      });
    },
  });
  const address = await workerd.ready;
  return {
    ...{ log, workerd, ask: (path, init) => fetch(new URL(path, address), init) },
    [Symbol.asyncDispose]: () => workerd.dispose(),
  };
}

/** Hyperdrive will have one, even of a server that trusts everybody. */
function withPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password ||= "none";
  return url.href;
}
