import { execFile } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** The folder of the newest `initdb` and `pg_ctl`, which Debian keeps off the PATH; null: there are none. */
export const postgresPrograms = programsIn([...debianFolders(), ...(process.env.PATH ?? "").split(delimiter)]);

/** A Postgres server of the test's own, that can be killed and come back; what it has committed is on the disk, as fsync is on. */
export interface PrivatePostgres {
  readonly url: string;
  start(): Promise<void>;
  /** As if the machine had failed: no connection is told, and the next start recovers from the log. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

export async function makePrivatePostgres({ connections = 40 } = {}): Promise<PrivatePostgres> {
  const directory = mkdtempSync(join(tmpdir(), "stowage-postgres-"));
  const data = join(directory, "data");
  if (process.getuid?.() === 0) chownSync(directory, await idOf("-u"), await idOf("-g"));
  await run("initdb", [`--pgdata=${data}`, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
  const port = await freePort();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=${connections}`;
  const control = (...how: string[]) => run("pg_ctl", [`--pgdata=${data}`, "--silent", "--wait", ...how]);
  const kill = () => control("stop", "--mode=immediate");
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: () => control("start", `--log=${join(directory, "log")}`, `--options=${options}`),
    kill,
    async remove() {
      await kill().catch(() => undefined);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Postgres refuses to run as root. */
async function run(program: string, given: readonly string[]): Promise<void> {
  const command = [join(postgresPrograms ?? "", program), ...given];
  const [file = "", ...rest] = process.getuid?.() === 0 ? ["runuser", "-u", "postgres", "--", ...command] : command;
  const child = execute(file, rest, { cwd: tmpdir() });
  // The server that stays would hold them open.
  for (const stream of [child.child.stdout, child.child.stderr]) child.child.once("exit", () => stream?.destroy());
  await child;
}

async function idOf(which: "-u" | "-g"): Promise<number> {
  return Number((await execute("id", [which, "postgres"])).stdout);
}

async function freePort(): Promise<number> {
  const server = createServer();
  return await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

function debianFolders(): string[] {
  const versions = "/usr/lib/postgresql";
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(versions, version, "bin"));
}

function programsIn(folders: readonly string[]): string | null {
  return folders.find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}
