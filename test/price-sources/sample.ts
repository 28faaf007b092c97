import { readFileSync } from "node:fs";

const folder = new URL("./samples/", import.meta.url);

/** The text of a file in `samples/`; where each comes from is in `samples/SOURCES.md`. */
export function sample(file: string): string {
  return readFileSync(new URL(file, folder), "utf8");
}
