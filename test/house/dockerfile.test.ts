import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, textOf } from "./repository.ts";

/** Instructions with their words, continued lines joined. */
const instructions = textOf("Dockerfile")
  .replace(/\\\n\s*/g, "")
  .split("\n")
  .filter((line) => /^[A-Z]+ /.test(line))
  .map((line) => ({ name: line.split(" ", 1)[0] ?? "", rest: line.slice(line.indexOf(" ") + 1) }));
const all = (name: string) => instructions.filter((one) => one.name === name).map(({ rest }) => rest);
const copied = all("COPY").flatMap((rest) => rest.split(" ").slice(0, -1));

describe("the Dockerfile", () => {
  test("copies only what is there, and what .dockerignore lets through", () => {
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const allowed = textOf(".dockerignore")
      .split("\n")
      .flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));
    expect(allowed.sort()).toEqual([...copied].sort());
  });

  test("runs what npm start runs, and its comment a script that it has copied", () => {
    const manifest = JSON.parse(textOf("package.json")) as { readonly scripts: { readonly start: string } };
    expect(all("CMD").map((words) => JSON.parse(words).join(" "))).toEqual([manifest.scripts.start]);
    const [script = ""] = textOf("Dockerfile").match(/scripts\/\S+\.ts/) ?? [];
    expect([copied.includes("scripts"), existsSync(join(root, script))]).toEqual([true, true]);
  });

  test("is of Node 24, the version that the scripts are run with, and runs as another user than root", () => {
    const { node = "" } = (JSON.parse(textOf("package.json")) as { devDependencies: Record<string, string> })
      .devDependencies;
    expect(all("FROM")).toEqual([`node:${node.split(".")[0]}-slim`]);
    expect(instructions.findIndex(({ name }) => name === "USER")).toBeGreaterThan(
      instructions.findLastIndex(({ name }) => name === "RUN"),
    );
    expect(all("USER")).toEqual(["node"]);
  });

  test("asks /healthz whether it is well, and keeps its data in the volume", () => {
    expect(all("HEALTHCHECK")).toEqual([expect.stringContaining("/healthz")]);
    expect(all("VOLUME")).toEqual(["/data"]);
    expect(all("ENV").join(" ")).toContain("STOWAGE_DATA=/data/");
  });
});
