import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
// biome-ignore lint/correctness/noUnresolvedImports: Biome 2.6 does not know this module of Node 24 yet.
import { DatabaseSync } from "node:sqlite";
import { DataDirectoryInUse, type DirectoryOwner } from "./problems.ts";

export interface DataDirectory {
  readonly path: string;
  /** Tells other processes where this one answers. */
  announce(url: string): void;
  release(): void;
}

/**
 * Takes the directory for this process alone, creating it with mode 0700. The lock is the operating system's: it holds through a
 * blocked event loop and ends with the process, however that ends. Throws `DataDirectoryInUse`.
 */
export function takeDataDirectory(path: string): DataDirectory {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lockFile = join(path, "lock.db");
  if (existsSync(lockFile) || readdirSync(path).length === 0) closeToOthers(path);
  const lock = takeLock(lockFile, path);
  const owner: DirectoryOwner = { pid: process.pid, url: null, startedAt: new Date().toISOString() };
  writeOwner(path, owner);
  return {
    path,
    announce: (url) => writeOwner(path, { ...owner, url }),
    release: () => {
      rmSync(ownerFile(path), { force: true });
      lock.close();
    },
  };
}

/** Only what is empty or ours: closing `/srv` to its other users would break the machine. */
function closeToOthers(path: string): void {
  if ((statSync(path).mode & 0o077) === 0) return;
  try {
    chmodSync(path, 0o700);
  } catch (error) {
    // A mounted volume can be another user's; the cluster inside is closed all the same.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) throw error;
  }
}

function takeLock(lockFile: string, directory: string): DatabaseSync {
  const lock = new DatabaseSync(lockFile);
  try {
    // Node itself offers no file lock; SQLite's exclusive transaction is one that both POSIX and Windows honour.
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw new DataDirectoryInUse({ directory, owner: readOwner(directory) }, { cause });
  }
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === sqliteBusy;
}

const ownerFile = (directory: string) => join(directory, "owner.json");

function writeOwner(directory: string, owner: DirectoryOwner): void {
  const draft = `${ownerFile(directory)}.new`;
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  renameSync(draft, ownerFile(directory));
}

/** Null where the owner has taken the lock but not yet written who it is. */
function readOwner(directory: string): DirectoryOwner | null {
  try {
    return JSON.parse(readFileSync(ownerFile(directory), "utf8")) as DirectoryOwner;
  } catch {
    return null;
  }
}
