import { execFile } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { openDatabase } from "../../db/connect.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { root } from "../house/repository.ts";
import { appOver, posting } from "../routes/memory-app.ts";
import { newDirectory, startServer } from "../server/start-server.ts";

const directory = newDirectory();
beforeAll(async () => {
  const opened: OpenDatabase = await openDatabase({ dataDirectory: directory.path });
  const put = { ...posting(comparisonExample), method: "PUT" };
  expect((await appOver(opened.database).ask("/v1/workloads/web", put)).status).toBe(201);
  await opened.close();
}, 60_000);
afterAll(() => directory.remove());

/** What `npm run compare -- …` prints, with its exit code. */
function compare(...words: readonly string[]): Promise<{ code: number; output: string; errors: string }> {
  const env = { PATH: process.env.PATH, STOWAGE_DATA: directory.path };
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/compare.ts", ...words], { cwd: root, env }, (error, output, errors) => {
      resolve({ code: Number(error?.code ?? 0), output, errors });
    });
  });
}

const words = ["--workload", "web", "--options", "fargate", "--hours", "73"];

test("a saved workload is compared by its name, by the database itself or by the server that holds it, to the same text", async () => {
  const alone = await compare(...words);
  const server = await startServer({ STOWAGE_DATA: directory.path });
  const asked = await compare(...words);
  const unknown = await compare("--workload", "nobody");
  await server.stop();

  expect(alone).toMatchObject({ code: 0, output: expect.stringMatching(/^us-east-1, 73 hours[\s\S]+\$10\.81/) });
  expect(asked).toEqual(alone);
  expect(unknown).toMatchObject({ code: 2, errors: expect.stringContaining("There is no workload of this name") });
});

test("one that does not exist, and one beside files, exit with 2 and the way out", async () => {
  expect(await compare("--workload", "nobody")).toMatchObject({
    code: 2,
    errors: expect.stringContaining('workload "nobody"'),
  });
  expect(await compare("--workload", "web", "web.json")).toMatchObject({
    code: 2,
    errors: expect.stringContaining("leave one"),
  });
});
