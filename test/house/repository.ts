import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's own folder, without a slash at the end. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Paths of the project's files below `folder`, relative to the root and with `/`; what Git ignores is left out. */
export function filesIn(folder = "."): string[] {
  return entriesIn(folder).flatMap((entry) => (entry.isFolder ? filesIn(entry.path) : [entry.path]));
}

/** Names right inside `folder`, as paths relative to the root. */
export function entriesIn(folder: string): { readonly path: string; readonly isFolder: boolean }[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.name !== ".git" && !ignored.some((pattern) => pattern.test(entry.name)))
    .map((entry) => ({
      path: folder === "." ? entry.name : `${folder}/${entry.name}`,
      isFolder: entry.isDirectory(),
    }));
}

export function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** TypeScript without its comments; strings and templates stay. */
export function codeOf(file: string): string {
  return textOf(file).replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, text: string | undefined) => text ?? "",
  );
}

/** .gitignore as it is used here: plain names, with `*` in them, of files and folders at any depth. */
const ignored = readFileSync(join(root, ".gitignore"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => new RegExp(`^${line.replace(/\/$/, "").replaceAll(".", "\\.").replaceAll("*", ".*")}$`));
