import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MemoryApp, openMemoryApp } from "./memory-app.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
}, 60_000);
afterAll(() => app.close());

const header = "service,cluster,tasks,vCPU,memory,region,load profile,max tasks,min tasks,options";

function post(rows: readonly string[], query = "", headers: Record<string, string> = {}): Promise<Response> {
  const sent = { "Content-Type": "text/csv", Prefer: "respond-async", ...headers };
  return app.ask(`/v1/imports${query}`, { method: "POST", headers: sent, body: [header, ...rows].join("\n") });
}

interface CellProblem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly row: number | null;
  readonly column: string | null;
}

async function refusedIn(answer: Response, status = 422): Promise<readonly CellProblem[]> {
  expect([answer.status, answer.headers.get("Content-Type")]).toEqual([status, "application/problem+json"]);
  return ((await answer.json()) as { problems: CellProblem[] }).problems;
}

const good = "web,shop,1,1,2 GB,us-east-1,,,,fargate";

describe("every problem of a list is told at once:", () => {
  test("those of cells, of rows that repeat others, and of what only the whole service shows", async () => {
    const body = JSON.stringify({ unit: "GiB", constant: 3 });
    const headers = { "Content-Type": "application/json" };
    await app.ask("/v1/load-profiles/memory", { method: "PUT", headers, body });
    const problems = await refusedIn(
      await post([good, "api,shop,x,1,2 GB,mars,,,,", good, "job,shop,1,1,2 GB,us-east-1,memory,4,1,"]),
    );

    expect(problems.map(({ code, path, row, column }) => [code, path, row, column])).toEqual([
      ["not_a_number", "C3", 3, "C"],
      ["unknown_region", "F3", 3, "F"],
      ["duplicate_service", "4:4", 4, null],
      ["load_lacks_metric", "5:5", 5, null],
    ]);
    expect(problems[2]?.message).toBe(
      "web is in cluster shop of us-east-1 twice, here and in row 2. Rename one, or take one out.",
    );
    expect(problems[3]?.message).toMatch(/^job: cpu scales on what the load does not say/);
  });

  test("of 1,500 the first thousand, and how many more there are", async () => {
    const problems = await refusedIn(
      await post(Array.from({ length: 1500 }, (_, at) => `s${at},c,1,x,2 GB,us-east-1,,,,`)),
    );

    expect(problems.length).toBe(1001);
    expect(problems.at(-1)).toMatchObject({ code: "more_problems", message: expect.stringMatching(/ 500 more /) });
  });

  test("a cluster of 5,001 services is one, and one of 5,000 is none", async () => {
    const rows = (cluster: string, count: number) =>
      Array.from({ length: count }, (_, at) => `s${at},${cluster},1,1,2 GB,us-east-1,,,,fargate`);
    const problems = await refusedIn(await post([...rows("full", 5000), ...rows("over", 5001)]));

    expect(problems.map(({ code, message }) => [code, message.slice(0, 42)])).toEqual(
      [["too_many_services", "Cluster over of us-east-1 has 5001 services"]].map(([code = "", message = ""]) => [
        code,
        message.slice(0, 42),
      ]),
    );
  }, 60_000);

  test("a list without services", async () => {
    expect((await refusedIn(await post([]))).map(({ code }) => code)).toEqual(["empty_list"]);
    expect((await refusedIn(await post(["web,shop,x,1,2 GB,us-east-1,,,,"], "?partial=true"))).length).toBe(1);
  });
});

describe("with partial=true", () => {
  test("what is good is imported, and the rest is named beside it", async () => {
    const answer = await post(
      [good, "api,shop,x,1,2 GB,us-east-1,,,,", good, "job,back,1,1,2 GB,us-east-1,,,,"],
      "?partial=true",
    );
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ rows: 2, clusters: 2, done: false });
  });
});

describe("what is no list, or not asked for as one:", () => {
  test.each([
    ["not a media type of lists", 415, "not_a_list", { "Content-Type": "application/json" }, ""],
    ["compressed", 415, "compressed", { "Content-Encoding": "gzip" }, ""],
    ["too large", 413, "body_too_large", { "Content-Length": `${2 ** 30}` }, ""],
    ["an unknown parameter", 400, "unknown_field", {}, "?delimiter=x"],
    ["a locale that is none", 400, "unknown_value", {}, "?locale=not_a_locale"],
    ["an encoding that is none", 400, "unknown_value", {}, "?encoding=klingon"],
    ["a region without prices", 400, "unknown_value", {}, "?region=mars-1"],
    ["an answer that is none of an import", 406, "not_acceptable", { Accept: "image/png", Prefer: "wait=1" }, ""],
  ])("%s gets %i", async (_, status, code, headers, query) => {
    expect(
      (await refusedIn(await post([good], query, headers as Record<string, string>), status)).map((one) => one.code),
    ).toEqual([code]);
  });

  test.each(["text/csv", "application/csv", "text/tab-separated-values", "application/vnd.ms-excel"])(
    "%s is CSV",
    async (mediaType) => {
      expect((await post([good], "", { "Content-Type": `${mediaType}; charset=utf-8` })).status).toBe(202);
    },
  );

  test("an import that is not there, or has no such presentation", async () => {
    const paths = ["0", "template.docx", `${"0".repeat(32)}`, `${"0".repeat(32)}.csv`, `${"0".repeat(32)}.txt`];
    for (const path of paths) expect((await app.ask(`/v1/imports/${path}`)).status).toBe(404);
  });
});
