import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { lint } from "./planted-project.ts";

/** DESIGN.md, section 1, row by row: a file, and what it may and may not import. */
const directions: readonly (readonly [file: string, allowed: readonly string[], forbidden: readonly string[]])[] = [
  [
    "api/core/model/task.ts",
    ["./charge.ts", "decimal.js"],
    [
      ...["../rating/rate.ts", "../estimate.ts", "../../aws/fargate.ts", "../../app.ts", "../../../db/schema.ts"],
      ...["./../rating/rate.ts", "./money/../../estimate.ts", "hono", "zod", "node:fs", "../../../test/case.ts"],
    ],
  ],
  [
    "api/core/model/units/gib.ts",
    ["./mib.ts", "../charge.ts", "decimal.js"],
    ["../../rating/rate.ts", "../../../aws/fargate.ts", "../../../../db/schema.ts", "hono"],
  ],
  [
    "api/core/rating/rate.ts",
    ["./tier.ts", "./tiers/first.ts", "../model/charge.ts", "../model/units/gib.ts", "decimal.js"],
    [
      ...["../parsing/parse.ts", "../metering/meter.ts", "../estimate.ts", "../../core/metering/meter.ts"],
      ...["../../aws/fargate.ts", "../../present/text.ts", "../../price-sources/bulk.ts", "../../routes/health.ts"],
      ...["../../app.ts", "../../../db/schema.ts", "../../../scripts/compare.ts", "../../../test/case.ts"],
      ...["./../parsing/parse.ts", "./tiers/../../parsing/parse.ts", "../model/../parsing/parse.ts"],
      ...["../model/../../aws/fargate.ts", "../model/./../estimate.ts", "hono", "zod", "drizzle-orm", "node:crypto"],
    ],
  ],
  [
    "api/core/rating/tiers/first.ts",
    ["./second.ts", "../tier.ts", "../steps/step.ts", "../../model/charge.ts", "decimal.js"],
    [
      ...["../../parsing/parse.ts", "../../estimate.ts", "../../../aws/fargate.ts", "../../../../db/schema.ts"],
      ...["../steps/../../estimate.ts", "../../model/../estimate.ts", "hono", "node:fs"],
    ],
  ],
  [
    "api/core/rating/tiers/deep/third.ts",
    ["./fourth.ts", "decimal.js"],
    ["../first.ts", "../../tier.ts", "../../../parsing/parse.ts", "../../../../aws/fargate.ts"],
  ],
  [
    "api/core/estimate.ts",
    [
      ...["./parsing/parse.ts", "./scaling/simulate.ts", "./placement/place.ts", "./metering/meter.ts"],
      ...["./rating/rate.ts", "./comparison/compare.ts", "./model/charge.ts", "./best.ts", "decimal.js"],
    ],
    [
      ...["./rating/tier.ts", "./rating/parse.ts", "./placement/shapes/shape.ts", "./model/../rating/tier.ts"],
      ...["../aws/fargate.ts", "../app.ts", "../present/text.ts", "../../db/schema.ts", "./../aws/fargate.ts"],
      ...["../core/rating/tier.ts", "hono", "node:fs"],
    ],
  ],
  ...["aws", "present", "price-sources"].flatMap((area) => [
    [
      `api/${area}/one.ts`,
      ["./two.ts", "./inner/three.ts", "../core/model/charge.ts", "zod"],
      [
        ...["../core/rating/rate.ts", "../../api/core/rating/rate.ts", "../core/estimate.ts", "../app.ts"],
        ...["../routes/health.ts", "../../db/schema.ts", "../../scripts/compare.ts", "../../test/case.ts"],
        ...["../core/model/../rating/rate.ts", "./../app.ts", "./inner/../../app.ts"],
        ...["aws", "present", "price-sources"].filter((other) => other !== area).map((other) => `../${other}/four.ts`),
      ],
    ] as const,
    [
      `api/${area}/inner/three.ts`,
      ["./four.ts", "../two.ts", "../other/five.ts", "../../core/model/charge.ts", "zod"],
      [
        ...["../../core/rating/rate.ts", "../../../core/rating/rate.ts", "../../core/estimate.ts", "../../app.ts"],
        ...["../../../db/schema.ts", "../other/../../app.ts", "../../core/model/../estimate.ts", "./../../app.ts"],
      ],
    ] as const,
    [
      `api/${area}/inner/deep/six.ts`,
      ["./seven.ts"],
      ["../three.ts", "../../two.ts", "../../../core/rating/rate.ts", "../../../../db/schema.ts"],
    ] as const,
  ]),
  [
    "db/prices.ts",
    ["./schema.ts", "./stored/price.ts", "../api/core/model/charge.ts", "drizzle-orm", "node:fs"],
    [
      ...["../api/core/rating/rate.ts", "../api/core/estimate.ts", "../api/aws/fargate.ts", "../api/present/text.ts"],
      ...["../api/routes/health.ts", "../api/app.ts", "../scripts/compare.ts", "../test/case.ts"],
      ...["../api/core/model/../estimate.ts", "./../api/app.ts"],
    ],
  ],
  [
    "db/stored/price.ts",
    ["./region.ts", "../schema.ts", "../../api/core/model/charge.ts", "postgres"],
    ["../../api/core/rating/rate.ts", "../../api/aws/fargate.ts", "../../scripts/compare.ts", "./../../api/app.ts"],
  ],
  ["db/stored/deep/zone.ts", ["./near.ts"], ["../price.ts", "../../../api/core/rating/rate.ts"]],
  ...[
    "api/app.ts",
    "api/server.ts",
    "api/worker.ts",
    "api/calculating/threads.ts",
    "api/observing/observe.ts",
    "api/refreshing/refresh.ts",
    "api/routes/comparisons.ts",
    "scripts/prices.ts",
  ].map((file) => {
    const up = posix.relative(posix.dirname(file), ".");
    return [
      file,
      ["api/core/estimate.ts", "api/core/rating/rate.ts", "api/aws/one.ts", "api/present/one.ts", "db/schema.ts"].map(
        (target) => specifier(file, target),
      ),
      [`${up}/test/case.ts`],
    ] as const;
  }),
];

describe("Biome keeps the import directions of DESIGN.md", () => {
  test("every import that the design allows passes the whole of the lint", () => {
    const files: Record<string, string> = {};
    for (const [file, allowed] of directions) {
      for (const target of allowed) plantTarget(files, file, target);
      files[file] = importing(...allowed);
    }

    expect(lint(files)).toEqual([]);
  });

  test("every import that the design forbids is reported by noRestrictedImports, and by file", () => {
    const planted = directions.flatMap(([file, , forbidden]) =>
      forbidden.map((target, i) => [file.replace(/\.ts$/, `-${i}.ts`), target] as const),
    );
    const files = Object.fromEntries(planted.map(([file, target]) => [file, importing(target)]));

    const caught = new Set(
      lint(files)
        .filter(isRestricted)
        .map(({ file }) => file),
    );

    expect(planted.length).toBeGreaterThan(130);
    expect(planted.filter(([file]) => !caught.has(file))).toEqual([]);
  });

  test.each([
    ["a type import", 'import type { Rate } from "../parsing/parse.ts";\nexport type Mine = Rate;\n'],
    ["an import for its side effect", 'import "../parsing/parse.ts";\n'],
    ["a re-export", 'export { parse } from "../parsing/parse.ts";\n'],
    ["a re-export of a type", 'export type { Rate } from "../parsing/parse.ts";\n'],
    ["an import of everything", 'import * as parsing from "../parsing/parse.ts";\nexport const mine = parsing;\n'],
    ["a dynamic import", 'export const mine = await import("../parsing/parse.ts");\n'],
    ["an absolute path", 'import "/etc/parse.ts";\n'],
    ["a file address", 'import "file:///etc/parse.ts";\n'],
  ])("%s of another room is caught", (_, text) => {
    expect(lint({ "api/core/rating/rate.ts": text }).filter(isRestricted)).toHaveLength(1);
  });

  test.each(["api/aws/one.ts", "api/core/rating/one.ts"])("%s may not use Node: it is pure", (file) => {
    const found = lint({
      [file]: 'import { readFileSync } from "node:fs";\nexport const it = readFileSync(process.argv[0] ?? "");\n',
    });

    expect(found).toContainEqual({ file, rule: "correctness/noNodejsModules" });
    expect(found).toContainEqual({ file, rule: "style/noRestrictedGlobals" });
  });
});

describe("Biome finds import cycles", () => {
  test.each([
    ["two files of a room", ["api/core/rating/a.ts", "api/core/rating/b.ts"]],
    ["three files", ["db/a.ts", "db/b.ts", "db/c.ts"]],
    ["files in three folders", ["api/app.ts", "api/routes/a.ts", "scripts/b.ts"]],
    ["files of the model", ["api/core/model/a.ts", "api/core/model/b.ts"]],
  ])("through %s", (_, ring) => {
    const next = (i: number) => ring[(i + 1) % ring.length] ?? "";
    const values = ring.map((file, i) => [file, importing(specifier(file, next(i)))]);
    const types = ring.map((file, i) => [
      file,
      `import type { It } from "${specifier(file, next(i))}";\nexport interface Mine {\n  readonly it: It;\n}\n`,
    ]);

    for (const files of [values, types]) {
      const cycles = lint(Object.fromEntries(files)).filter(({ rule }) => rule === "suspicious/noImportCycles");
      expect(cycles.map(({ file }) => file).sort()).toEqual([...ring].sort());
    }
  });

  test("a chain without a cycle passes", () => {
    const chain = {
      "db/a.ts": importing("./b.ts"),
      "db/b.ts": importing("./c.ts"),
      "db/c.ts": "export const it = 1;\n",
    };

    expect(lint(chain)).toEqual([]);
  });
});

function isRestricted({ rule }: { readonly rule: string }): boolean {
  return rule === "style/noRestrictedImports";
}

/** A file that imports these and exports `it`. */
function importing(...targets: readonly string[]): string {
  const imports = targets.map((target, i) =>
    target.startsWith(".") ? `import { it as it${i} } from "${target}";` : `import * as it${i} from "${target}";`,
  );
  return [...imports, `export const it = [${targets.map((_, i) => `it${i}`).join(", ")}];`, ""].join("\n");
}

function plantTarget(files: Record<string, string>, importer: string, target: string): void {
  if (!target.startsWith(".")) return;
  const file = posix.join(posix.dirname(importer), target);
  files[file] ??= "export const it = 1;\n";
}

function specifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}
