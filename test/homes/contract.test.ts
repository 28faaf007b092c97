import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessRules } from "../../api/routes/access-rules.ts";
import type { Database } from "../../db/database.ts";
import { serverUrl } from "../db/engines.ts";
import { appOver } from "../routes/memory-app.ts";
import { batchCases } from "./cases/batch-cases.ts";
import { type Asking, type Cases, circumstances, type OperationCases } from "./cases/case.ts";
import { comparisonCases } from "./cases/comparison-cases.ts";
import { importCases } from "./cases/import-cases.ts";
import { otherCases } from "./cases/other-cases.ts";
import { filledIn, prepare } from "./cases/prepare.ts";
import { slackOperationCases } from "./cases/slack-cases.ts";
import { workloadCases } from "./cases/workload-cases.ts";
import { type Description, readDescription } from "./description.ts";
import { homes, type RunningHome } from "./home.ts";
import { bearer, type Visitor, visit } from "./visitor.ts";

const cases: Cases = {
  ...{ ...comparisonCases, ...workloadCases, ...batchCases },
  ...{ ...importCases, ...slackOperationCases, ...otherCases },
};
const operations = Object.entries(cases);
const sheets = "GET /v1/sheets/{file}";
const isOpen = (operation: string) => accessRules[operation] === "open";
/** Takes no key, and is no matter of the host. */
const isSigned = (operation: string) => accessRules[operation] === "signed";
const names = operations.map(([operation]) => operation);
const requestsPerMinute = 60;

interface Init extends RequestInit {
  readonly headers: Record<string, string>;
}

test("every documented status of every operation has a case, and every case is of a documented status", async () => {
  const description = readDescription(await described());
  const documented = description.operations.flatMap((operation) =>
    description.statusesOf(operation).map((status) => `${operation}: ${status}`),
  );
  const known = operations.flatMap(([operation, { statuses }]) => {
    const brought = description.statusesOf(operation).filter((status) => status in circumstances);
    return [...new Set([...Object.keys(statuses).map(Number), ...brought])].map((status) => `${operation}: ${status}`);
  });

  expect(known.sort()).toEqual(documented.sort());
  expect(known.length).toBeGreaterThan(200);
});

test.each(operations)("every case of %s asks for that", (operation, { usual, statuses }) => {
  const [, template = ""] = operation.split(" ");
  const own = new RegExp(`^${template.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`);
  const paths = Object.values(statuses).map(({ path = usual.path }) =>
    path.replace(/^<\w*[sS]heet>/, "/v1/sheets/token"),
  );

  expect(paths.filter((path) => !own.test(path.split("?")[0] ?? ""))).toEqual([]);
});

/** By the app itself, which needs no database for that. */
async function described(): Promise<string> {
  return await (await appOver({} as Database).ask("/openapi.json")).text();
}

describe.each(serverUrl === null ? [] : homes)("$name answers as its /openapi.json says:", ({ name, start }) => {
  let home: RunningHome;
  let description: Description;
  beforeAll(async () => {
    home = await start({ requestsPerMinute });
    description = readDescription(await (await home.ask("/openapi.json")).text());
  });
  afterAll(() => home.close());

  let made: Readonly<Record<string, string>> = {};
  let visitor: Visitor;

  /** As the operation is usually asked, but for what the case says. */
  function asking(operation: string, one: Asking = {}): readonly [string, Init] {
    const { usual } = cases[operation] as OperationCases;
    const { path = usual.path, headers, body } = { ...usual, ...one };
    const sent = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const type = body === undefined ? {} : { "Content-Type": "application/json" };
    const init = {
      method: operation.split(" ")[0] ?? "",
      headers: Object.fromEntries(
        Object.entries({ ...type, ...headers }).map(([field, value]) => [field, filledIn(value, made)]),
      ),
      ...(sent === undefined ? {} : { body: filledIn(sent, made) }),
    };
    return [filledIn(path, made), init];
  }

  async function expectStatus(operation: string, status: number, answer: Response): Promise<void> {
    expect([answer.status, answer.status === status ? "" : await answer.clone().text()]).toEqual([status, ""]);
    await description.check(operation, answer);
  }

  test("which is the same in every home", async () => {
    expect(await (await home.ask("/openapi.json")).text()).toBe(await described());
  });

  describe("without keys, to another machine's name:", () => {
    const nothingMade = {
      comparison: "0",
      otherComparison: "1",
      sheet: "/v1/sheets/0",
      batch: "0",
      doomedBatch: "0",
      import: "0",
      doomedImport: "0",
      doomedKey: "0",
      doomedLink: "0",
    };
    test.each(names.filter((one) => !isSigned(one)))("%s: 403", async (operation) => {
      made = nothingMade;
      const [path, init] = asking(operation);
      const headers = { ...init.headers, Host: "stowage.example" };
      await expectStatus(operation, 403, await home.ask(path, { ...init, headers }));
    });
  });

  describe("with keys:", () => {
    beforeAll(async () => {
      visitor = await visit(home);
      made = await prepare(visitor);
    });

    const single = operations.flatMap(([operation, { statuses, only }]) =>
      Object.entries(statuses)
        .map(([status, one]) => ({ operation, status: Number(status), one, home: only?.[Number(status)]?.home }))
        .filter((each) => !(each.status in circumstances) && (each.home ?? name) === name),
    );
    test.each(single)("$operation: $status", async ({ operation, status, one }) => {
      const [path, init] = asking(operation, one);
      await expectStatus(operation, status, await visitor.ask(path, init));
    });

    test.each(names.filter((one) => !isOpen(one)))(
      "%s without a key: 401, with one of too small a scope: 403",
      async (operation) => {
        const [path, init] = asking(operation);
        await expectStatus(operation, 401, await home.ask(path, init));
        if (accessRules[operation] === "read" || isSigned(operation)) return;
        const headers = { ...init.headers, ...bearer(made.readKey ?? "") };
        await expectStatus(operation, 403, await home.ask(path, { ...init, headers }));
      },
    );

    test("what has an ETag is not sent again to who has it: 304", async () => {
      for (const [operation] of operations) {
        if (!description.statusesOf(operation).includes(304)) continue;
        const [path, init] = asking(operation);
        const etag = (await visitor.ask(path, init)).headers.get("ETag") ?? "";
        const headers = { ...init.headers, "If-None-Match": etag };
        await expectStatus(operation, 304, await visitor.ask(path, { ...init, headers }));
      }
    });

    describe("while the database does not answer:", () => {
      beforeAll(() => home.gate.shut());
      afterAll(() => home.gate.open());

      test.each(operations.filter(([one]) => !isSigned(one)))("%s: 503", async (operation, { statuses }) => {
        const isDocumented = description.statusesOf(operation).includes(503);
        const [path, init] = asking(operation, statuses[503]);
        const answer = isOpen(operation) ? await home.ask(path, init) : await visitor.ask(path, init);
        await expectStatus(operation, isDocumented ? 503 : 200, answer);
      });
    });

    test("whoever has asked too often is told when to ask again: 429", async () => {
      const key = bearer(made.spentKey ?? "");
      for (const [operation] of operations) {
        if (!description.statusesOf(operation).includes(429)) continue;
        const [path, init] = asking(operation);
        const ask = () => home.ask(path, { ...init, headers: { ...init.headers, ...(isOpen(operation) ? {} : key) } });
        await expectStatus(operation, 429, await afterSpending(ask, operation === sheets ? {} : key));
      }
    });
  });

  /** Asks for something cheap for as long as that is answered; whoever counts by the clock's minutes may begin anew meanwhile. */
  async function afterSpending(ask: () => Promise<Response>, key: Record<string, string>): Promise<Response> {
    const path = "Authorization" in key ? "/v1/rate-cards" : "/v1/sheets/none";
    let answer = await ask();
    for (let spent = 0; answer.status !== 429 && spent < 2; spent++) {
      for (let at = 0; at < requestsPerMinute; at++) await home.ask(path, { headers: key });
      answer = await ask();
    }
    return answer;
  }
});
