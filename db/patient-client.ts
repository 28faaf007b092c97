import postgres, { type Sql } from "postgres";
import { DatabaseUnreachable } from "./problems.ts";
import { isUnreachable } from "./unreachable.ts";

/**
 * The client as far as Drizzle uses it, with an end to its patience: a statement that has no answer in time, be it that no connection is
 * free, that others hold a lock or that the server hangs, is cancelled and fails with `DatabaseUnreachable`.
 */
export function patientClient(client: Sql): Sql {
  return over(client, {
    unsafe: (text: string, params: never[]) => answered(client.unsafe(text, params), statementSecondsMax),
    begin: (work: Work) => inTransaction(client, work),
    reserve: () => reservedInTime(client),
  });
}

/** Also for a connection to come free. */
const statementSecondsMax = 10;
/** A snapshot being published makes the next one wait. */
const transactionStatementSecondsMax = 120;

type Work = (transaction: Sql) => Promise<unknown>;
type Pending = ReturnType<Sql["unsafe"]>;

/** The same client but for these functions. */
function over(client: Sql, functions: Readonly<Record<string, unknown>>): Sql {
  return new Proxy(client, {
    get: (target, name) => (typeof name === "string" && functions[name]) || Reflect.get(target, name),
  });
}

/** A connection of one's own. One that comes free too late is given back. */
async function reservedInTime(client: Sql): Promise<Sql> {
  let isLate = false;
  const giveUp = () => {
    isLate = true;
  };
  const reserving = client.reserve();
  reserving.then(
    (late) => isLate && late.release(),
    () => undefined,
  );
  const connection = await inTime(reserving, statementSecondsMax, giveUp);
  const unsafe = (text: string, params: never[]) => answered(connection.unsafe(text, params), statementSecondsMax);
  return over(connection, { unsafe });
}

/** The client's own answer, which can be told to be of lists until it is sent. */
function answered(asked: Pending, secondsMax: number) {
  const said = inTime(asked, secondsMax, () => asked.cancel());
  return Object.assign(said, {
    values() {
      asked.values();
      return said;
    },
  });
}

function inTime<Said>(asked: Promise<Said>, secondsMax: number, giveUp: () => void): Promise<Said> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      giveUp();
      reject(new DatabaseUnreachable(new Error(`no answer within ${secondsMax} s`)));
    }, secondsMax * 1000);
    asked.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

/**
 * On a connection that is lost the client would send its `rollback` into nothing, which ends the process, and whatever else is asked
 * outside of any transaction (https://github.com/porsager/postgres/issues/1208, pull request 1155): so nothing is sent there any more.
 */
async function inTransaction(client: Sql, work: Work): Promise<unknown> {
  let isOver = false;
  const within = (transaction: Sql) =>
    over(transaction, {
      unsafe: (text: string, params: never[]) =>
        isOver ? refused() : answered(transaction.unsafe(text, params), transactionStatementSecondsMax),
    });
  const connected = Promise.withResolvers<void>();
  const done = client.begin(async (transaction) => {
    connected.resolve();
    if (isOver) return await refused();
    const ending = work(within(transaction as never));
    return await ending.catch((error: unknown) =>
      isLost(error) ? new Promise(() => undefined) : Promise.reject(error),
    );
  });
  const end = () => {
    isOver = true;
  };
  done.then(end, end);
  await inTime(Promise.race([connected.promise, done]), statementSecondsMax, end);
  return await done;
}

function refused() {
  const said = Promise.reject(new DatabaseUnreachable(new Error("the transaction has ended")));
  return Object.assign(said, { values: () => said });
}

/** The connection is, or is about to be. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof postgres.PostgresError) return ["FATAL", "PANIC"].includes(error.severity);
  return ("code" in error && isUnreachable(error)) || isLost(error.cause);
}
