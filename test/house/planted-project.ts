import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./repository.ts";

/** What Biome reports: the file it is in, and the rule without its `lint/`. */
export interface Finding {
  readonly file: string;
  readonly rule: string;
}

/** A new project with the house's own configuration and these files (path → text) in it, linted by Biome. */
export function lint(files: Readonly<Record<string, string>>): readonly Finding[] {
  const project = mkdtempSync(join(tmpdir(), "stowage-planted-"));
  try {
    for (const file of [".biome.jsonc", ".gitignore", "package.json"]) cpSync(join(root, file), join(project, file));
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    for (const [file, text] of Object.entries(files)) plant(join(project, file), text);
    return findings(biome(project));
  } finally {
    rmSync(project, { recursive: true });
  }
}

function plant(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function biome(project: string): string {
  const program = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  try {
    return execFileSync(process.execPath, [program, "lint", "--reporter=json", "--max-diagnostics=none", "."], {
      cwd: project,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    // Biome ends with 1 when it has something to report.
    if (error instanceof Error && "stdout" in error && `${error.stdout}`.startsWith("{")) return `${error.stdout}`;
    throw error;
  }
}

function findings(report: string): Finding[] {
  const { diagnostics } = JSON.parse(report) as {
    diagnostics: { category: string; location: { path: string } }[];
  };
  return diagnostics.map(({ category, location }) => ({
    file: location.path,
    rule: category.replace(/^lint\//, ""),
  }));
}
