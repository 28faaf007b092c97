import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { prepareServer } from "../../db/prepare-server.ts";

/** A kind of database that every data-layer test runs on; each opens one of its own, seeded, gone when closed. */
export interface Engine {
  readonly name: string;
  open(): Promise<OpenDatabase>;
}

const embedded: Engine = { name: "embedded Postgres", open: () => openDatabase({ memory: true }) };

/** The server to test on, where one answers at TEST_DATABASE_URL. */
export const serverUrl = await answering(process.env.TEST_DATABASE_URL);

const server: Engine = {
  name: "Postgres server",
  open: async () => {
    const own = await createDatabase();
    await prepareServer(own.url);
    const opened = await openDatabase({ databaseUrl: own.url });
    const close = async () => {
      await opened.close();
      await own.drop();
    };
    return { ...opened, close };
  },
};

export const engines: readonly Engine[] = serverUrl === null ? [embedded] : [embedded, server];

/** A database of the test's own: empty, or a copy of another one that nobody is connected to. */
export async function createDatabase(model?: string): Promise<{ readonly url: string; drop(): Promise<void> }> {
  if (serverUrl === null) throw new Error("No Postgres server answers at TEST_DATABASE_URL");
  const name = `stowage_test_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const copied = model === undefined ? "" : ` template ${new URL(model).pathname.slice(1)}`;
  await administer(`create database ${name}${copied}`);
  return { url: url.href, drop: () => administer(`drop database ${name} with (force)`) };
}

async function administer(statement: string): Promise<void> {
  const client = postgres(serverUrl ?? "", { max: 1, onnotice: () => undefined });
  await client.unsafe(statement);
  await client.end();
}

async function answering(url: string | undefined): Promise<string | null> {
  if (url === undefined || url === "") return null;
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    await client`select 1`;
    return url;
  } catch {
    return null;
  } finally {
    await client.end();
  }
}
