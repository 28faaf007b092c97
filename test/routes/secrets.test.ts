import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { workbookMediaType } from "../../api/routes/presentations.ts";
import { type MemoryApp, openMemoryApp } from "./memory-app.ts";
import { canary, secretRequest } from "./secret-request.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
}, 60_000);
afterAll(() => app.close());

const text = JSON.stringify(secretRequest);

test("the canary is in the request, 25 times", () => {
  expect(text.split(canary).length - 1).toBe(25);
});

describe("no secret of a request comes back, is kept or is logged:", () => {
  test.each([
    ["an answer in JSON", text, { Accept: "application/json" }, 200],
    ["an answer in text", text, { Accept: "text/plain" }, 200],
    ["JSON that ends early", text.slice(0, -1), {}, 400],
    ["JSON that breaks off in the middle of one", text.slice(0, text.lastIndexOf(canary) + 4), {}, 400],
    ["a quote too many right behind one", text.replace(`--password=${canary}"`, `--password=${canary}""`), {}, 400],
    ["a field twice", text.replace('"command":', `"command":["${canary}"],"command":`), {}, 400],
    ["a secret for a size", text.replace('"cpu":"512"', `"cpu":"${canary} AKIA"`), {}, 422],
    ["a secret for a number of tasks", text.replace('"desiredCount":6', `"desiredCount":"${canary} AKIA"`), {}, 422],
    [
      "a secret for a list",
      text.replace('"portMappings"', '"links"').replace(/"environment":\[[^\]]*\]/, `"environment":"${canary}"`),
      {},
      200,
    ],
    ["a secret for a document", text.replace('"services":[', `"services":["${canary}",`), {}, 422],
    ["a secret for hours", text.replace("{", `{"hours":"${canary} h",`), {}, 422],
    ["a body that is not JSON by its type", text, { "Content-Type": "text/plain" }, 415],
  ])("%s", async (_, body, headers, status) => {
    app.log.length = 0;
    const response = await app.compare(body, headers);

    expect(response.status).toBe(status);
    expect(JSON.stringify([...response.headers])).not.toContain(canary);
    expect(await response.text()).not.toContain(canary);
    expect(JSON.stringify(app.log)).not.toContain(canary);
    expect((await app.storedBodies()).join()).not.toContain(canary);
  });

  test("a workbook, unpacked", async () => {
    const response = await app.compare(text, { Accept: workbookMediaType });
    const { sheets } = await readXlsx(await response.arrayBuffer());

    expect(sheets.length).toBeGreaterThan(5);
    expect(JSON.stringify(sheets.map(({ rows }) => rows))).not.toContain(canary);
  });
});
