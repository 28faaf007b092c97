import { homedir, tmpdir } from "node:os";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { codeOf, entriesIn, filesIn, root, textOf } from "./repository.ts";

describe("the house", () => {
  test("has exactly the visible top level of DESIGN.md, section 1", () => {
    const always = ["api", "db", "scripts", "test", "package.json", "tsconfig.json", "README.md", "package-lock.json"];
    const papers = ["LICENSE", "CHANGELOG.md", "SECURITY.md"];
    const visible = entriesIn(".")
      .map(({ path }) => path)
      .filter((name) => !name.startsWith(".") && !["wrangler.toml", "Dockerfile"].includes(name));

    expect(visible.sort()).toEqual([...always, ...papers].sort());
  });

  test("has no folder under api/ that the import directions do not know", () => {
    const rooms = ["model", "parsing", "scaling", "placement", "metering", "rating", "comparison", "difference"];

    expect([
      ...[
        "aws",
        "batching",
        "calculating",
        "core",
        "importing",
        "observing",
        "present",
        "price-sources",
        "refreshing",
        "routes",
        "slack",
      ],
    ]).toEqual(expect.arrayContaining(foldersIn("api")));
    expect(rooms).toEqual(expect.arrayContaining(foldersIn("api/core")));
  });

  test("has no drawers: every file and folder is named for a thing or an act", () => {
    const drawers = /(^|[-./])(utils?|helpers?|common|libs?|misc|managers?|index|shared|stuff)(?=[-./]|$)/;

    expect(filesIn().filter((file) => drawers.test(file))).toEqual([]);
  });

  test("runs every test: none is skipped, planned, focused or expected to fail", () => {
    const idle =
      /\b(?:test|it|describe|suite|bench|context|ctx|task)\.(?:skip|skipIf|runIf|todo|only|fails|failing)\b/g;
    const tests = filesIn("test").filter((file) => file.endsWith(".ts"));

    expect(tests.length).toBeGreaterThan(3);
    expect(tests.flatMap((file) => codeOf(file).match(idle) ?? [])).toEqual([]);
  });
});

describe("no file gives away where it was written:", () => {
  // Published documents are quoted verbatim, with the paths of other people's containers.
  const written = filesIn().filter((file) => !/^test\/(cases|golden)\//.test(file));

  test("there is no path of a machine in it", () => {
    const places = [root, dirname(root), homedir(), tmpdir()].filter((place) => place !== "/");
    const here = new RegExp(`(?<![\\w.~-])(?:${places.map((place) => RegExp.escape(place)).join("|")})(?:/|\\b)`);
    const elsewhere = /(?<![\w.~-])\/(?:home|Users)\/[a-z]\w*\/|\b[A-Z]:\\\\?Users\\/;

    expect(written.length).toBeGreaterThan(20);
    expect(written.filter((file) => here.test(textOf(file)) || elsewhere.test(textOf(file)))).toEqual([]);
  });

  test("there is no address of a package registry in it", () => {
    const own = process.env.npm_config_registry;
    const hosts = ["registry\\.(?:npmjs|yarnpkg|npmmirror)\\.", ...(own ? [RegExp.escape(new URL(own).host)] : [])];

    expect(written.filter((file) => new RegExp(hosts.join("|")).test(textOf(file)))).toEqual([]);
  });
});

function foldersIn(folder: string): string[] {
  return entriesIn(folder)
    .filter(({ isFolder }) => isFolder)
    .map(({ path }) => path.slice(folder.length + 1));
}
