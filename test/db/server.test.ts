import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../db/connect.ts";
import { prepareServer } from "../../db/prepare-server.ts";
import { DatabaseNotPrepared, DatabaseUnreachable } from "../../db/problems.ts";
import { createDatabase, serverUrl } from "./engines.ts";

test("where CI is set a Postgres server answers at TEST_DATABASE_URL, so that nothing goes untested", () => {
  expect(process.env.CI ? serverUrl : "not needed").not.toBeNull();
});

test("a server that does not answer is told without the password in its address", async () => {
  const opening = openDatabase({ databaseUrl: "postgres://me:hunter2@127.0.0.1:1/none" });
  await expect(opening).rejects.toThrow(DatabaseUnreachable);
  await expect(opening).rejects.toThrow(
    /^The database at DATABASE_URL cannot be used: connect ECONNREFUSED 127\.0\.0\.1:1$/,
  );
});

describe.each(serverUrl === null ? [] : [serverUrl])("a Postgres server", () => {
  test("that was never prepared is refused, with the command that prepares it, and nothing is made in it", async () => {
    const own = await createDatabase();
    const opening = openDatabase({ databaseUrl: own.url });
    await expect(opening).rejects.toThrow(DatabaseNotPrepared);
    await expect(opening).rejects.toThrow("its tables are missing. Run: npm run db -- migrate");
    const client = postgres(own.url, { max: 1 });
    expect(
      await client`select table_name from information_schema.tables where table_schema in ('public', 'drizzle')`,
    ).toEqual([]);
    await client.end();
    await own.drop();
  });

  test("prepared by three processes at once holds one snapshot with its 94,095 prices", async () => {
    const own = await createDatabase();
    await Promise.all([prepareServer(own.url), prepareServer(own.url), prepareServer(own.url)]);
    const client = postgres(own.url, { max: 1 });
    expect(
      await client`select (select count(*) from snapshot)::int as snapshots, count(*)::int as prices from price`,
    ).toEqual([{ snapshots: 1, prices: 94_095 }]);
    await client`update drizzle.__drizzle_migrations set created_at = 1`;
    await expect(openDatabase({ databaseUrl: own.url })).rejects.toThrow("its tables are those of an older version");
    await client.end();
    await own.drop();
  }, 60_000);
});
