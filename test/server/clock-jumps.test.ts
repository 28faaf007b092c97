import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { keyring, newKeyMemory } from "../../api/keyring.ts";
import { makeKey } from "../../api/make-key.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { revokeKey } from "../../db/keys.ts";
import { listVersions, storeWorkload } from "../../db/workloads.ts";

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openDatabase({ memory: true });
});
afterAll(() => opened.close());
afterEach(() => {
  vi.useRealTimers();
});

const day = 86_400_000;

describe("a clock that jumps by a day", () => {
  test("back does not keep a revoked key in force for that day", async () => {
    let now = new Date("2026-11-26T12:00:00Z");
    const ring = keyring({ database: opened.database, memory: newKeyMemory(), now: () => now });
    const made = await makeKey({ name: "ci", scope: "read" }, opened.database, now);
    const { key, id } = made.ok ? made.value : { key: "", id: "" };
    expect((await ring.find(key))?.id).toBe(id);
    await revokeKey(opened.database, id, now);
    now = new Date(now.getTime() - day);

    expect(await ring.find(key)).toBeNull();
  });

  test("forth ends a key that expires meanwhile, and back again has it in force", async () => {
    let now = new Date("2026-11-26T12:00:00Z");
    const ring = keyring({ database: opened.database, memory: newKeyMemory(), now: () => now });
    const made = await makeKey({ name: "ci", scope: "read", expires: "2026-11-27" }, opened.database, now);
    const key = made.ok ? made.value.key : "";
    const found = async (days: number) => {
      now = new Date(Date.parse("2026-11-26T12:00:00Z") + days * day);
      return (await ring.find(key)) !== null;
    };

    expect([await found(0), await found(1), await found(0)]).toEqual([true, false, true]);
  });

  test("between two versions of a workload leaves the later one the latest", async () => {
    const store = (seed: number) =>
      storeWorkload(opened.database, { name: "jump", body: `{"seed":${seed}}`, digest: String(seed) }, () => true);
    await store(1);
    await opened.database.execute("update workload_version set stored_at = now() + interval '1 day'");
    const second = await store(2);

    expect(second?.latest.version).toBe(2);
    const versions = await listVersions(opened.database, "jump", { after: null, limit: 9 });
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
  });
});
