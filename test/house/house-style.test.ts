import { expect, test } from "vitest";
import { lint } from "./planted-project.ts";

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");
const functionOf = (count: number) =>
  `export function long(): void {\n${lines(count, (i) => `  call(${i});`)}\n}\nfunction call(_: number): void {\n  return;\n}\n`;
const call = (...names: readonly string[]) => names.join(".");

/** Rule, what breaks it, the file it stands in, its text. */
const broken: readonly (readonly [rule: string, what: string, file: string, text: string])[] = [
  ["style/noDefaultExport", "a default export", "api/aws/a.ts", "export default 1;\n"],
  ["performance/noBarrelFile", "a barrel", "api/aws/a.ts", 'export { b } from "./b.ts";\n'],
  ["performance/noReExportAll", "a barrel of everything", "api/aws/a.ts", 'export * from "./b.ts";\n'],
  ["suspicious/noExplicitAny", "any", "db/a.ts", "export const a = (b: any) => b;\n"],
  [
    "style/noNonNullAssertion",
    "a non-null assertion",
    "db/a.ts",
    "export const a = (b: string | null) => b!.length;\n",
  ],
  [
    "style/useImportType",
    "a type imported as a value",
    "db/a.ts",
    'import { B } from "./b.ts";\nexport const a = (b: B) => b;\n',
  ],
  [
    "nursery/noFloatingPromises",
    "a promise that nobody awaits",
    "db/a.ts",
    "async function b(): Promise<number> {\n  return await Promise.resolve(1);\n}\nexport function a(): void {\n  b();\n}\n",
  ],
  [
    "nursery/useExhaustiveSwitchCases",
    "a case forgotten",
    "db/a.ts",
    'export function a(b: "c" | "d"): number {\n  switch (b) {\n    case "c":\n      return 1;\n  }\n  return 2;\n}\n',
  ],
  ["complexity/noExcessiveLinesPerFunction", "a function of 41 lines", "db/a.ts", functionOf(41)],
  [
    "style/noExcessiveLinesPerFile",
    "a file of 221 lines",
    "db/a.ts",
    `${lines(221, (i) => `export const a${i} = ${i};`)}\n`,
  ],
  [
    "complexity/useMaxParams",
    "a fourth parameter",
    "db/a.ts",
    "export function a(b: number, c: number, d: number, e: number): number {\n  return b + c + d + e;\n}\n",
  ],
  ["style/useFilenamingConvention", "a name that is not kebab-case", "db/priceBook.ts", "export const a = 1;\n"],
  ["style/noEnum", "an enum", "db/a.ts", "export enum A {\n  B = 1,\n}\n"],
  ["suspicious/noConsole", "a print in the calculation", "api/core/a.ts", "console.log(1);\n"],
  ["correctness/noUnusedImports", "an import that is not used", "db/a.ts", 'import { b } from "./b.ts";\n'],
  [
    "correctness/noUndeclaredDependencies",
    "a test library in what is shipped",
    "db/a.ts",
    'import { a } from "vitest";\na();\n',
  ],
  [
    "correctness/useImportExtensions",
    "an import without its .ts",
    "db/a.ts",
    'import { b } from "./b";\nexport const a = b;\n',
  ],
  [
    "style/noRestrictedImports",
    "a test imported by what is shipped",
    "api/app.ts",
    'import "../test/house/repository.ts";\n',
  ],
  [
    "suspicious/noFocusedTests",
    "a test that silences the others",
    "test/a.test.ts",
    `${call("test", "only")}("a", () => {});\n`,
  ],
  [
    "suspicious/noSkippedTests",
    "a test that is skipped",
    "test/a.test.ts",
    `${call("test", "skip")}("a", () => {});\n`,
  ],
  ["style/useConsistentTestIt", "a test called it", "test/a.test.ts", 'it("a", () => {});\n'],
];

test.each(broken)("Biome's %s refuses %s", (rule, _, file, text) => {
  const neighbour = {
    [file.replace(/[^/]+$/, "b.ts")]: "export interface B {\n  readonly c: 1;\n}\nexport const b = 1;\n",
  };

  expect(lint({ ...neighbour, [file]: text })).toContainEqual({ file, rule });
});

test("functions of 40 lines and files of 220 pass", () => {
  const files = {
    "db/function.ts": functionOf(40),
    "db/file.ts": `${lines(220, (i) => `export const a${i} = ${i};`)}\n`,
  };

  expect(lint(files)).toEqual([]);
});
