import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { connectServer } from "../../db/server.ts";
import { isUnreachable } from "../../db/unreachable.ts";
import { serverUrl } from "./engines.ts";

test("where CI is set there is a Postgres server, so that nothing goes untested", () => {
  expect(process.env.CI ? serverUrl : "not needed").not.toBeNull();
});

describe.each(serverUrl === null ? [] : [serverUrl])("the client of a Postgres server", () => {
  test("whose connection is closed in a transaction fails as the database does, ends no process, leaves the next one its own", async () => {
    const way = await between(serverUrl ?? "");
    const opened = connectServer(way.url, { max: 1 });
    const sleeping = opened.database.transaction(async (transaction) => {
      await transaction.execute(sql`select 1`);
      setTimeout(way.hangUp, 100);
      await transaction.execute(sql`select pg_sleep(2)`);
    });
    const failed = await sleeping.catch((error: unknown) => error);
    const next = await opened.run({ sql: "select 1 as one", params: [], rowMode: "object" });
    const rolledBack = opened.database.transaction(async (transaction) => {
      await transaction.execute(sql`create table if not exists never_kept ()`);
      throw new TypeError("changed its mind");
    });

    expect(isUnreachable(failed)).toBe(true);
    expect([...next]).toEqual([{ one: 1 }]);
    await expect(rolledBack).rejects.toThrow("changed its mind");
    expect([
      ...(await opened.run({ sql: "select to_regclass('never_kept') as found", params: [], rowMode: "object" })),
    ]).toEqual([{ found: null }]);
    await opened.close();
    way.close();
  });

  test("gives up a connection of one's own that is not free within 10 s, and gives it back when it comes", async () => {
    const opened = connectServer(serverUrl ?? "", { max: 1 });
    const { executeSql } = opened.jobStore;
    const held = Promise.withResolvers<void>();
    const holding = opened.database.transaction(async (transaction) => {
      await transaction.execute(sql`select 1`);
      held.resolve();
      await transaction.execute(sql`select pg_sleep(11)`);
    });
    await held.promise;
    const failed = await executeSql("select 1 as one").catch((error: unknown) => error);
    await holding;

    expect(isUnreachable(failed)).toBe(true);
    expect(await executeSql("select 1 as one")).toEqual({ rows: [{ one: 1 }] });
    await opened.close();
  }, 20_000);
});

/** A way to the server that can be cut as a proxy cuts one: politely. */
async function between(url: string) {
  const target = new URL(url);
  const [port, hostname] = [Number(target.port || 5432), target.hostname];
  const clients: Socket[] = [];
  const proxy = createServer((client) => {
    clients.push(client);
    const there = connect(port, hostname);
    client.pipe(there).pipe(client);
    client.on("error", () => there.destroy()).on("close", () => there.destroy());
    there.on("error", () => client.destroy());
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  target.hostname = "127.0.0.1";
  target.port = String((proxy.address() as AddressInfo).port);
  return {
    url: target.href,
    hangUp: () => {
      for (const client of clients) client.end();
    },
    close: () => proxy.close(),
  };
}
