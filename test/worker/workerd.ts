import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Log, LogLevel, Miniflare, type Request as WorkerRequest, Response as WorkerResponse } from "miniflare";
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
  readonly [name: string]:
    | string
    | { readonly connectionString: string }
    | { readonly requestsPerMinute: number }
    | { readonly internet: string }
    | undefined;
  /** Left out: the database behind a Hyperdrive of this machine's, which brings the test down where it cannot connect. */
  readonly HYPERDRIVE?: { readonly connectionString: string };
  /** Left out: as many as `wrangler.toml` says. */
  readonly RATE_LIMIT?: { readonly requestsPerMinute: number };
  /** Address of what stands in for everything that the Worker fetches. Left out: it is fetched. */
  readonly OUTBOUND?: { readonly internet: string };
}

export async function startWorker(
  databaseUrl: string,
  { RATE_LIMIT, OUTBOUND, ...settings }: WorkerSettings = {},
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
    ...(OUTBOUND ? { outboundService: standIn(OUTBOUND.internet) } : {}),
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

/** Asks another address for the same, and brings back what it says. */
function standIn(address: string): (request: WorkerRequest) => Promise<WorkerResponse> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const answer = await fetch(new URL(pathname, address), {
      ...{ method: request.method, headers: { "Stowage-Host": new URL(request.url).host }, redirect: "manual" },
      ...(request.body === null ? {} : { body: await request.text() }),
    });
    const headers = [...answer.headers].filter(([name]) => name === "retry-after" || name === "location");
    return new WorkerResponse(await answer.text(), { status: answer.status, headers });
  };
}

/** Hyperdrive will have one, even of a server that trusts everybody. */
function withPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password ||= "none";
  return url.href;
}
