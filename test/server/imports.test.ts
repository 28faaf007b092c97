import { dirname, join } from "node:path/posix";
import { expect, test } from "vitest";
import { codeOf } from "../house/repository.ts";

test("the app drags no embedded database and no file system along, so that it runs on Workers too", () => {
  const { files, packages } = importsFrom("api/app.ts");

  expect(files).toContain("db/comparisons.ts");
  expect(files.filter((file) => /^db\/(connect|embedded|server|seed|data-directory)\.ts$/.test(file))).toEqual([]);
  expect(packages).toContain("hono");
  expect(
    packages.filter((name) => /^(node:(?!crypto$)|@electric-sql|postgres$|@hono\/node-server)/.test(name)),
  ).toEqual([]);
});

test("the app reaches no code that calls out, so that no address in a request is ever fetched", () => {
  const { files, packages } = importsFrom("api/app.ts");
  const calling = /\bfetch\(|\bWebSocket\b|\bEventSource\b/;
  // A text that is handed out, and runs in people's sheets.
  const texts = ["api/routes/apps-script.ts"];

  expect(calling.test(codeOf("api/price-sources/download.ts"))).toBe(true);
  expect(files.filter((file) => calling.test(codeOf(file)))).toEqual(texts);
  expect(packages.filter((name) => /^(@aws-sdk|@smithy|node:(http|net|tls|dns))/.test(name))).toEqual([]);
});

/** What a file imports when it is loaded, directly or not; types are not loaded. */
function importsFrom(entry: string): { readonly files: readonly string[]; readonly packages: readonly string[] } {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    const imports = codeOf(file).matchAll(/^(?:import|export)\s(?!type\s)(?:[^;]*?\sfrom\s)?"([^"]+)"/gm);
    for (const [, specifier = ""] of imports) {
      if (!specifier.startsWith(".")) packages.add(specifier);
      else if (specifier.endsWith(".ts")) files.add(join(dirname(file), specifier));
    }
  }
  return { files: [...files], packages: [...packages] };
}
