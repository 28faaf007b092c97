import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findComparison, storeComparison, storeWorkloadComparison } from "../../db/comparisons.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { comparison, workload, workloadComparison } from "../../db/kept-schema.ts";
import { eraseExpired } from "../../db/retention.ts";
import {
  deleteWorkload,
  findWorkload,
  listVersions,
  listWorkloads,
  purgeWorkload,
  storeWorkload,
  type WorkloadVersion,
} from "../../db/workloads.ts";
import { engines } from "./engines.ts";

const always = () => true;

describe.each(engines)("saved workloads on the $name", ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.close());

  const store = (name: string, body: string, condition: (latest: WorkloadVersion | null) => boolean = always) =>
    storeWorkload(opened.database, { name, body, digest: `digest of ${body}` }, condition);
  const numbers = async (name: string) =>
    (await listVersions(opened.database, name, { after: null, limit: 1000 })).map(({ version }) => version);

  test("the same again makes no version, something else version 2, and the first one again version 3", async () => {
    const outcomes: string[] = [];
    for (const body of ["1", "1", "2", "1"]) {
      const stored = await store("web", body);
      outcomes.push(`${stored?.outcome} ${stored?.latest.version}`);
    }

    expect(outcomes).toEqual(["created 1", "unchanged 1", "changed 2", "changed 3"]);
    expect(await findWorkload(opened.database, "web")).toMatchObject({ version: 3, body: "1" });
    expect(await findWorkload(opened.database, "web", 2)).toMatchObject({ version: 2, body: "2" });
    expect(await findWorkload(opened.database, "web", 4)).toBeNull();
    expect(await numbers("web")).toEqual([3, 2, 1]);
  });

  test("40 writers at once make versions 1 to 40, and of 20 that each want to be the first one is", async () => {
    const writers = Array.from({ length: 40 }, (_, at) => store("busy", `body ${at}`));
    const made = (await Promise.all(writers)).map((one) => one?.latest.version ?? 0);
    const first = Array.from({ length: 20 }, (_, at) => store("first", `body ${at}`, (latest) => latest === null));

    expect(made.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(await numbers("busy")).toEqual(Array.from({ length: 40 }, (_, at) => 40 - at));
    expect((await Promise.all(first)).filter((one) => one !== null).map((one) => one.outcome)).toEqual(["created"]);
  });

  test("20 writers that each change the version they read lose none: 20 tries, each after the one before", async () => {
    await store("counter", "0");
    const raise = async () => {
      while (true) {
        const read = await findWorkload(opened.database, "counter");
        const next = String(Number(read?.body) + 1);
        if ((await store("counter", next, (latest) => latest?.version === read?.version)) !== null) return;
      }
    };
    await Promise.all(Array.from({ length: 20 }, raise));

    expect(await findWorkload(opened.database, "counter")).toMatchObject({ body: "20", version: 21 });
  });

  test("deleted it is not found, and stored anew it goes on with the next number; purged it begins at 1", async () => {
    await store("gone", "1");
    expect(await deleteWorkload(opened.database, "gone", () => false)).toBe("refused");
    expect(await deleteWorkload(opened.database, "gone", always)).toBe("done");
    expect(await deleteWorkload(opened.database, "gone", always)).toBe("missing");
    expect([await findWorkload(opened.database, "gone"), await numbers("gone")]).toEqual([null, []]);
    expect(await store("gone", "1")).toMatchObject({ outcome: "created", latest: { version: 2 } });

    expect(await purgeWorkload(opened.database, "gone", always)).toBe("done");
    expect(await purgeWorkload(opened.database, "gone", always)).toBe("missing");
    expect(await store("gone", "1")).toMatchObject({ outcome: "created", latest: { version: 1 } });
  });

  test("names come in order, a page after another, without those that are deleted", async () => {
    for (const name of ["list-b", "list-c", "list-a", "list-d"]) await store(name, "1");
    await deleteWorkload(opened.database, "list-c", always);
    const listed = async (after: string, limit: number) =>
      (await listWorkloads(opened.database, { after, limit })).map(({ name }) => name);

    expect(await listed("list", 2)).toEqual(["list-a", "list-b"]);
    expect(await listed("list-b", 1)).toEqual(["list-d"]);
  });

  test("a purge erases what was made from the workload alone, not what another workload or nobody's made too", async () => {
    for (const name of ["one", "two"]) await store(name, "1");
    const made = (name: string, id: string) =>
      storeWorkloadComparison(opened.database, name, { id, body: id, ownPrices: false });
    for (const id of ["alone", "both", "direct-first", "direct-last"]) {
      if (id === "direct-first") await storeComparison(opened.database, { id, body: id, ownPrices: false });
      await made("one", id);
      if (id === "both") await made("two", id);
      if (id === "direct-last") await storeComparison(opened.database, { id, body: id, ownPrices: false });
    }
    const left = async () => {
      const ids = ["alone", "both", "direct-first", "direct-last"];
      return (await Promise.all(ids.map((id) => findComparison(opened.database, id)))).filter((body) => body !== null);
    };

    expect(await left()).toEqual(["alone", "both", "direct-first", "direct-last"]);
    await purgeWorkload(opened.database, "one", always);
    expect(await left()).toEqual(["both", "direct-first", "direct-last"]);
    await purgeWorkload(opened.database, "two", always);
    expect(await left()).toEqual(["direct-first", "direct-last"]);
  });

  test("a comparison made from a workload that has been purged meanwhile leaves nothing behind", async () => {
    await storeWorkloadComparison(opened.database, "nobody", { id: "late", body: "late", ownPrices: false });

    expect(await findComparison(opened.database, "late")).toBeNull();
  });

  test("whoever makes a comparison while another workload is purged keeps it, in 30 races", async () => {
    await store("keeper", "1");
    for (let race = 0; race < 30; race++) {
      const id = `race ${race}`;
      await store("purged", "1");
      await storeWorkloadComparison(opened.database, "purged", { id, body: id, ownPrices: false });
      await Promise.all([
        purgeWorkload(opened.database, "purged", always),
        storeWorkloadComparison(opened.database, "keeper", { id, body: id, ownPrices: false }),
      ]);
      expect(await findComparison(opened.database, id)).toBe(id);
    }
    expect(await opened.database.$count(workloadComparison)).toBeGreaterThanOrEqual(30);
  });

  test("after 30 days comparisons are erased that nobody has asked for again, and workloads that were deleted", async () => {
    for (const name of ["kept", "deleted", "deleted-lately"]) await store(name, "1");
    for (const name of ["deleted", "deleted-lately"]) await deleteWorkload(opened.database, name, always);
    await storeWorkloadComparison(opened.database, "deleted", { id: "of a deleted one", body: "1", ownPrices: false });
    for (const id of ["old", "old but asked for again", "new"])
      await storeComparison(opened.database, { id, body: id, ownPrices: false });
    const ago = (days: number) => sql`now() - make_interval(days => ${days})`;
    await opened.database
      .update(comparison)
      .set({ createdAt: ago(40) })
      .where(sql`id like 'old%'`);
    await opened.database
      .update(workload)
      .set({ deletedAt: ago(31) })
      .where(sql`name = 'deleted'`);
    await opened.database
      .update(workload)
      .set({ deletedAt: ago(29) })
      .where(sql`name = 'deleted-lately'`);
    await storeComparison(opened.database, { id: "old but asked for again", body: "another", ownPrices: false });

    const erased = await eraseExpired(opened.database, new Date(), 30);

    expect(erased).toEqual({ comparisons: 1, workloads: 1, batches: 0, slackRequests: 0 });
    const ids = ["old", "of a deleted one", "old but asked for again", "new"];
    const found = await Promise.all(ids.map((id) => findComparison(opened.database, id)));
    expect(found).toEqual([null, null, "old but asked for again", "new"]);
    expect(await findWorkload(opened.database, "kept")).not.toBeNull();
    expect(await store("deleted-lately", "1")).toMatchObject({ latest: { version: 2 } });
    expect(await store("deleted", "1")).toMatchObject({ latest: { version: 1 } });
    const nothing = { comparisons: 0, workloads: 0, batches: 0, slackRequests: 0 };
    expect(await eraseExpired(opened.database, new Date(), 30)).toEqual(nothing);
  });
});
