import { DatabaseUnreachable } from "./problems.ts";

/**
 * Whether the database is what failed, and not the statement: it does not answer, lost the connection, is shutting down, has no connections,
 * memory or disk left, is a copy that cannot be written yet, or others hold what is asked for too long. Asking again later may help.
 */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof DatabaseUnreachable) return true;
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  if (!(error instanceof Error)) return false;
  return ("code" in error && gone.test(String(error.code))) || isUnreachable(error.cause);
}

/**
 * Of Node's sockets, of the client (CONNECTION_CLOSED and its kin), and SQLSTATE classes 08, 53 and 57P with
 * 25006 (read-only), 55P03 (lock not available) and 57014 (cancelled):
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const gone =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|EPIPE|ETIMEDOUT|ENOSPC|CONNECT(ION)?_[A-Z_]+|08...|53...|57P..|25006|55P03|57014)$/;
