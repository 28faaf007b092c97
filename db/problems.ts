/** Why the database cannot be used, and the way out; for people to read as it is. */
export class DatabaseProblem extends Error {}

/** The process that holds a data directory; `url` is null until it answers requests. */
export interface DirectoryOwner {
  readonly pid: number;
  readonly url: string | null;
  readonly startedAt: string;
}

/** Another process holds the data directory; two at once would corrupt it. Use `owner.url`, or stop and name it. */
export class DataDirectoryInUse extends DatabaseProblem {
  override readonly name = "DataDirectoryInUse";
  readonly directory: string;
  /** Null while the owner is only just starting. */
  readonly owner: DirectoryOwner | null;

  constructor(held: { readonly directory: string; readonly owner: DirectoryOwner | null }, options?: ErrorOptions) {
    super(
      `${held.directory} is in use by ${nameOf(held.owner)}. ` +
        "Stop that process, or set STOWAGE_DATA to another directory or DATABASE_URL to a server.",
      options,
    );
    this.directory = held.directory;
    this.owner = held.owner;
  }
}

function nameOf(owner: DirectoryOwner | null): string {
  if (owner === null) return "another process";
  return `process ${owner.pid}${owner.url === null ? "" : ` (${owner.url})`}`;
}

/** The database server lacks tables or prices that this version needs. */
export class DatabaseNotPrepared extends DatabaseProblem {
  override readonly name = "DatabaseNotPrepared";

  constructor(reason: string, options?: ErrorOptions) {
    super(`The database is not prepared: ${reason}. Run: npm run db -- migrate`, options);
  }
}

/** The server does not answer, or not to us. */
export class DatabaseUnreachable extends DatabaseProblem {
  override readonly name = "DatabaseUnreachable";

  constructor(cause: unknown) {
    super(`The database at DATABASE_URL cannot be used: ${innermost(cause)}`, { cause });
  }
}

/** Wrapped errors say what was asked, the innermost one what went wrong; none of them quotes the address with its password. */
export function innermost(error: unknown): string {
  if (error instanceof AggregateError) return innermost(error.errors[0]);
  if (error instanceof Error && error.cause !== undefined) return innermost(error.cause);
  return error instanceof Error ? error.message : String(error);
}
