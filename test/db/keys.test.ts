import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenDatabase } from "../../db/database.ts";
import { findKey, isKeyInForce, listKeys, noteKeyUse, revokeKey, storeKey, wasKeyMade } from "../../db/keys.ts";
import { findLink, listLinks, noteLinkUse, revokeLink, storeLink } from "../../db/links.ts";
import { engines } from "./engines.ts";

const at = (time: string) => new Date(`2026-10-01T${time}Z`);
const key = {
  ...{ id: "0123456789ab", hash: "ab".repeat(32), name: "ci of the shop", scope: "read" as const },
  ...{ createdAt: at("08:00:00.123"), expiresAt: null },
};
const link = {
  ...{ id: "0123456789ab", hash: "cd".repeat(32), kind: "comparison" as const, target: "e".repeat(32) },
  ...{ ownPrices: false, createdBy: null, createdAt: at("08:00:00"), expiresAt: at("09:00:00") },
};

describe.each(engines)("on the $name", ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.close());

  test("a key comes back as it was stored, and is listed without its hash", async () => {
    const { database } = opened;
    expect([await wasKeyMade(database), await findKey(database, key.id)]).toEqual([false, null]);
    await storeKey(database, key);
    const unused = { lastUsedAt: null, revokedAt: null };
    expect(await findKey(database, key.id)).toEqual({ ...key, ...unused });
    const { hash: _, ...shown } = key;
    expect(await listKeys(database)).toEqual([{ ...shown, ...unused }]);
  });

  test("a key's use is noted at most once a minute", async () => {
    const { database } = opened;
    for (const time of ["08:01:00", "08:01:59", "08:02:01"]) await noteKeyUse(database, key.id, at(time));
    expect((await findKey(database, key.id))?.lastUsedAt).toEqual(at("08:02:01"));
    await noteKeyUse(database, key.id, at("08:02:59"));
    expect((await findKey(database, key.id))?.lastUsedAt).toEqual(at("08:02:01"));
  });

  test("a key counts until it expires or is revoked, and was made for ever", async () => {
    const { database } = opened;
    await revokeKey(database, key.id, at("10:00:00"));
    await storeKey(database, { ...key, id: "brief", expiresAt: at("12:00:00") });
    expect(await isKeyInForce(database, at("11:59:59"))).toBe(true);
    expect(await isKeyInForce(database, at("12:00:00"))).toBe(false);
    expect(await revokeKey(database, key.id, at("11:00:00"))).toBe(true);
    expect((await findKey(database, key.id))?.revokedAt).toEqual(at("10:00:00"));
    expect([await revokeKey(database, "nobody", at("11:00:00")), await wasKeyMade(database)]).toEqual([false, true]);
  });

  test("a link comes back as it was stored, is listed without its hash, used once a minute and revoked once", async () => {
    const { database } = opened;
    await storeLink(database, link);
    const { hash: _, ...shown } = link;
    expect(await listLinks(database)).toEqual([{ ...shown, lastUsedAt: null, revokedAt: null }]);
    for (const time of ["08:01:00", "08:01:59"]) await noteLinkUse(database, link.id, at(time));
    await revokeLink(database, link.id, at("08:30:00"));
    expect(await revokeLink(database, link.id, at("08:40:00"))).toBe(true);
    const used = { lastUsedAt: at("08:01:00"), revokedAt: at("08:30:00") };
    expect(await findLink(database, link.id)).toEqual({ ...link, ...used });
    expect(await revokeLink(database, "nothing", at("08:30:00"))).toBe(false);
  });
});
