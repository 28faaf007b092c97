import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));
const wrangler = join(root, "node_modules/wrangler/bin/wrangler.js");

export interface Bundle {
  /** The one module that is deployed. */
  readonly script: string;
  /** Files that went into it. */
  readonly inputs: readonly string[];
  /** What wrangler says: sizes, bindings, warnings. */
  readonly said: string;
}

/** What `wrangler deploy` would upload, without asking anybody for anything. */
export async function bundleWorker(): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), "stowage-worker-"));
  const metafile = join(folder, "meta.json");
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [wrangler, "deploy", "--dry-run", "--outdir", folder, "--metafile", metafile],
      { cwd: root, env: { ...process.env, ...silent, WRANGLER_LOG_PATH: folder } },
    );
    const { inputs } = JSON.parse(readFileSync(metafile, "utf8")) as { readonly inputs: object };
    return {
      script: readFileSync(join(folder, "worker.js"), "utf8"),
      inputs: Object.keys(inputs),
      said: `${stdout}${stderr}`,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** No statistics sent, no newer version looked for. */
const silent = { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", NO_COLOR: "1" };
