import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleWith, type MemoryApp, openMemoryApp, posting, problemsIn } from "./memory-app.ts";
import { canary, secretRequest } from "./secret-request.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
}, 60_000);
afterAll(() => app.close());

const put = (name: string, body: unknown, headers: Record<string, string> = {}) =>
  app.ask(`/v1/workloads/${name}`, { ...posting(body, headers), method: "PUT" });
const get = (path: string, headers: Record<string, string> = {}) => app.ask(`/v1/workloads${path}`, { headers });
const remove = (path: string, headers: Record<string, string> = {}) =>
  app.ask(`/v1/workloads/${path}`, { method: "DELETE", headers });
const withTasks = (desiredCount: number) => exampleWith({ service: { desiredCount } });
const codesIn = async (response: Response) => (await problemsIn(response)).map(({ code, path }) => `${code} ${path}`);

describe("a workload", () => {
  test("is made with 201, is the same again with 200 and the same ETag, and changes with 200 and version 2", async () => {
    const made = await put("web", withTasks(2));
    const again = await put("web", Object.fromEntries(Object.entries(withTasks(2)).reverse()));
    const changed = await put("web", withTasks(3));

    expect([made, again, changed].map(({ status }) => status)).toEqual([201, 200, 200]);
    expect(made.headers.get("Location")).toBe("/v1/workloads/web");
    expect(made.headers.get("ETag")).toMatch(/^"1-[0-9a-f]{16}"$/);
    expect(again.headers.get("ETag")).toBe(made.headers.get("ETag"));
    expect(changed.headers.get("ETag")).toMatch(/^"2-/);
    expect(await made.json()).toEqual({ name: "web", version: 1, storedAt: expect.stringMatching(/^2\d{3}-.+Z$/) });
    expect(await changed.json()).toMatchObject({ name: "web", version: 2 });
  });

  test("is given back as it was stored, each version with its ETag, which gets 304", async () => {
    await put("versions", withTasks(2));
    await put("versions", withTasks(3));
    const [latest, first] = [await get("/versions"), await get("/versions/versions/1")];

    expect(await latest.json()).toEqual(withTasks(3));
    expect(await first.json()).toEqual(withTasks(2));
    expect(latest.headers.get("Content-Location")).toBe("/v1/workloads/versions/versions/2");
    for (const [path, { headers }] of [
      ["/versions", latest],
      ["/versions/versions/1", first],
    ] as const) {
      const unchanged = await get(path, { "If-None-Match": headers.get("ETag") ?? "" });
      expect([unchanged.status, await unchanged.text()]).toEqual([304, ""]);
    }
    expect((await get("/versions", { "If-None-Match": first.headers.get("ETag") ?? "" })).status).toBe(200);
    for (const path of ["/versions/versions/3", "/versions/versions/0", "/versions/versions/x", "/nobody"]) {
      expect(await codesIn(await get(path))).toEqual(["not_found "]);
    }
  });

  test("can be put back as it was given, which changes nothing", async () => {
    await put("round", secretRequest);
    const response = await put("round", await (await get("/round")).text());

    expect([response.status, (await response.json()) as object]).toMatchObject([200, { version: 1 }]);
  });

  test("with mistakes is refused with all of them, and nothing is stored", async () => {
    const wrong = exampleWith({
      definition: { cpu: "a lot" },
      request: { options: ["fargate", "gone"], region: "us-nowhere-9" },
    });

    expect(await codesIn(await put("wrong", wrong))).toEqual([
      "not_a_size taskDefinitions[0].cpu",
      "option_unknown options[1]",
    ]);
    expect(await codesIn(await put("wrong", exampleWith({ request: { region: "us-nowhere-9" } })))).toHaveLength(1);
    expect((await put("wrong", "{")).status).toBe(400);
    expect((await put("wrong", "{}", { "Content-Type": "text/plain" })).status).toBe(415);
    expect((await get("/wrong")).status).toBe(404);
  });

  test.each(["Web", "-web", "a_b", "a.b", "a".repeat(65)])("cannot be called %s", async (name) => {
    expect(await codesIn(await put(name, withTasks(1)))).toEqual(["not_a_name "]);
  });

  test("that names a rate card and a load profile keeps the names, and what is beside them", async () => {
    await app.ask("/v1/rate-cards/acme", { ...posting({ discounts: [{ sku: "*", percent: 10 }] }), method: "PUT" });
    await app.ask("/v1/load-profiles/flat", { ...posting({ constant: 1, unit: "vCPU" }), method: "PUT" });
    const named = exampleWith({ request: { rateCard: "acme" }, service: { load: { profile: "flat", scale: 2 } } });

    expect((await put("named", named)).status).toBe(201);
    expect(await (await get("/named")).json()).toEqual(named);
  });
});

describe("conditions", () => {
  test("If-None-Match: * is for a new one, If-Match for the latest as it was read; else 412 and nothing is stored", async () => {
    const onlyNew = { "If-None-Match": "*" };
    const etag = (await put("if", withTasks(1), onlyNew)).headers.get("ETag") ?? "";
    const refused = [
      await put("if", withTasks(2), onlyNew),
      await put("if", withTasks(2), { "If-Match": '"1-0000000000000000"' }),
      await put("if", withTasks(2), { "If-Match": `W/${etag}` }),
      await put("if", withTasks(2), { "If-None-Match": etag }),
      await put("if-nobody", withTasks(2), { "If-Match": "*" }),
      await remove("if", { "If-Match": '"2-0000000000000000"' }),
      await remove("if?purge=true", { "If-Match": '"2-0000000000000000"' }),
    ];

    for (const response of refused) {
      expect(response.status).toBe(412);
      expect(await codesIn(response)).toEqual(["precondition_failed "]);
    }
    expect((await get("/if")).headers.get("ETag")).toBe(etag);
    expect((await put("if", withTasks(2), { "If-Match": `"other", ${etag}` })).status).toBe(200);
    expect((await put("if", withTasks(3), { "If-Match": etag })).status).toBe(412);
    expect((await put("if", withTasks(3), { "If-Match": "*" })).status).toBe(200);
    expect((await remove("if", { "If-Match": (await get("/if")).headers.get("ETag") ?? "" })).status).toBe(204);
  });

  test("of 12 writers at once that read the same version one is let in", async () => {
    const etag = (await put("race", withTasks(1))).headers.get("ETag") ?? "";
    const writers = Array.from({ length: 12 }, (_, at) => put("race", withTasks(at + 2), { "If-Match": etag }));
    const statuses = (await Promise.all(writers)).map(({ status }) => status).sort();

    expect(statuses).toEqual([200, ...Array.from({ length: 11 }, () => 412)]);
  });
});

describe("deletion", () => {
  test("hides a workload with its versions, and a later one goes on with version 3", async () => {
    for (const tasks of [1, 2]) await put("gone", withTasks(tasks));

    expect((await remove("gone")).status).toBe(204);
    for (const path of ["/gone", "/gone/versions", "/gone/versions/1", "/gone/comparison"]) {
      expect((await get(path)).status).toBe(404);
    }
    expect((await remove("gone")).status).toBe(404);
    const anew = await put("gone", withTasks(2));
    expect([anew.status, await anew.json()]).toMatchObject([201, { version: 3 }]);
  });

  test("with purge=true is for deleted ones too, and numbers begin anew, under another ETag", async () => {
    const first = await put("purged", withTasks(1));
    await remove("purged");

    expect((await remove("purged?purge=true")).status).toBe(204);
    expect((await remove("purged?purge=true")).status).toBe(404);
    const anew = await put("purged", withTasks(2));
    expect(await anew.json()).toMatchObject({ version: 1 });
    expect(anew.headers.get("ETag")).not.toBe(first.headers.get("ETag"));
    expect(await codesIn(await remove("purged?purge=yes"))).toEqual(["unknown_value purge"]);
    expect(await codesIn(await remove("purged?purges=true"))).toEqual(["unknown_field "]);
  });
});

describe("lists", () => {
  test("give names in pages of 2, by next or by Link, and versions the latest first", async () => {
    for (const name of ["zz-a", "zz-b", "zz-c"]) await put(name, withTasks(1));
    for (const tasks of [2, 3]) await put("zz-b", withTasks(tasks));
    const names: string[] = [];
    for (let path: string | undefined = "/v1/workloads?limit=2"; path !== undefined; ) {
      const response = await app.ask(path);
      const { workloads, next } = (await response.json()) as { workloads: { name: string }[]; next: string | null };
      names.push(...workloads.map(({ name }) => name));
      const link = response.headers.get("Link");
      path = /^<(.+)>; rel="next"$/.exec(link ?? "")?.[1];
      expect([workloads.length <= 2, path?.includes(`cursor=${next}`) ?? next === null]).toEqual([true, true]);
    }

    expect(names).toEqual([...new Set(names)].sort());
    expect(names.filter((name) => name.startsWith("zz-"))).toEqual(["zz-a", "zz-b", "zz-c"]);
    const page = (await (await get("/zz-b/versions?limit=2")).json()) as { versions: object[]; next: string };
    expect(page).toMatchObject({ versions: [{ version: 3 }, { version: 2 }], next: expect.any(String) });
    const rest = await (await get(`/zz-b/versions?cursor=${page.next}`)).json();
    expect(rest).toMatchObject({ versions: [{ name: "zz-b", version: 1 }], next: null });
  });

  test.each([
    ["?limit=0", "unknown_value limit"],
    ["?limit=1001", "unknown_value limit"],
    ["?limit=1&limit=2", "field_twice limit"],
    ["?cursor=!", "unknown_value cursor"],
    ["?offset=1", "unknown_field "],
  ])("refuse %s", async (query, problem) => {
    expect(await codesIn(await get(query))).toEqual([problem]);
  });
});

test("no secret of a workload is kept, comes back or is logged", async () => {
  app.log.length = 0;
  const answers = [
    await put("secret", secretRequest),
    await put("secret", { ...secretRequest, hours: `${canary} h` }),
    await get("/secret"),
    await get("/secret/comparison.txt"),
    await app.ask("/v1/workloads/secret/comparisons", posting({ hours: canary })),
    await app.ask("/v1/workloads/secret/comparisons", posting({ "a b": canary })),
  ];

  expect(answers.map(({ status }) => status)).toEqual([201, 422, 200, 200, 422, 422]);
  for (const one of answers) expect(await one.text()).not.toContain(canary);
  expect(JSON.stringify([app.log, ...answers.map(({ headers }) => [...headers])])).not.toContain(canary);
  expect(await app.everythingStored()).not.toContain(canary);
});
