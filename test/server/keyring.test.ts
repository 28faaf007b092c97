import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyring, newKeyMemory } from "../../api/keyring.ts";
import { makeKey } from "../../api/make-key.ts";
import { apiKey } from "../../db/access-schema.ts";
import { openDatabase } from "../../db/connect.ts";
import type { Database, OpenDatabase } from "../../db/database.ts";
import { findKey, revokeKey } from "../../db/keys.ts";

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
}, 60_000);
afterAll(() => opened.close());

/** A keyring whose clock and database the test decides on. */
function ringOver(database: Database) {
  let broken = false;
  let seconds = 0;
  const asked = new Proxy(database, {
    get: (target, name) => {
      if (broken) throw new Error("connection lost");
      return Reflect.get(target, name);
    },
  });
  const now = () => new Date(Date.UTC(2026, 9, 1) + seconds * 1000);
  return {
    ...keyring({ database: asked, memory: newKeyMemory(), now }),
    now,
    wait: (more: number) => (seconds += more),
    lose: () => (broken = true),
  };
}

async function newKey(now: Date) {
  const made = await makeKey({ name: "ci", scope: "read" }, opened.database, now);
  if (!made.ok) throw new Error("A good key was refused");
  return made.value;
}

describe("a server remembers keys for 15 seconds", () => {
  test("so that one that another process has made or revoked counts, or not, within as much", async () => {
    const ring = ringOver(opened.database);
    expect(await ring.isKeyMade()).toBe(false);
    const { key, id } = await newKey(ring.now());
    ring.wait(14);
    expect(await ring.isKeyMade()).toBe(false);
    ring.wait(1);
    expect([await ring.isKeyMade(), (await ring.find(key))?.id]).toEqual([true, id]);
    await revokeKey(opened.database, id, ring.now());
    ring.wait(14);
    expect((await ring.find(key))?.id).toBe(id);
    ring.wait(1);
    expect(await ring.find(key)).toBeNull();
  });

  test("and for as long as the database is gone, while one that it never met is an error and no way in", async () => {
    const ring = ringOver(opened.database);
    const [known, unknown] = [await newKey(ring.now()), await newKey(ring.now())];
    await ring.find(known.key);
    ring.lose();
    for (const seconds of [10, 60, 3600]) {
      ring.wait(seconds);
      expect((await ring.find(known.key))?.id).toBe(known.id);
    }
    expect(await ring.find(`${known.key.slice(0, -1)}x`)).toBeNull();
    await expect(ring.find(unknown.key)).rejects.toThrow("connection lost");
  });

  test("so does that none was made yet, which a server must have read once", async () => {
    await opened.database.delete(apiKey);
    const [ring, newcomer] = [ringOver(opened.database), ringOver(opened.database)];
    expect(await ring.isKeyMade()).toBe(false);
    ring.lose();
    newcomer.lose();
    ring.wait(3600);
    expect(await ring.isKeyMade()).toBe(false);
    await expect(newcomer.isKeyMade()).rejects.toThrow("connection lost");
  });

  test("but a key that expires meanwhile does not count any longer", async () => {
    const ring = ringOver(opened.database);
    const made = await makeKey({ name: "brief", scope: "read", expires: "2026-10-02" }, opened.database, ring.now());
    const key = made.ok ? made.value.key : "";
    expect(await ring.find(key)).not.toBeNull();
    ring.lose();
    ring.wait(86_399);
    expect(await ring.find(key)).not.toBeNull();
    ring.wait(1);
    expect(await ring.find(key)).toBeNull();
  });
});

test("a key's last use is noted, to the minute", async () => {
  const ring = ringOver(opened.database);
  const { key, id } = await newKey(ring.now());
  const used = async () => (await findKey(opened.database, id))?.lastUsedAt;
  await ring.find(key);
  const first = ring.now();
  expect(await used()).toEqual(first);
  ring.wait(59);
  await ring.find(key);
  expect(await used()).toEqual(first);
  ring.wait(2);
  await ring.find(key);
  expect(await used()).toEqual(ring.now());
});
