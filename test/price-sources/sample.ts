import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("./samples/", import.meta.url);

/** The text of a file in `samples/`; where each comes from is in `samples/SOURCES.md`. */
export function sample(file: string): string {
  return readFileSync(new URL(file, folder), "utf8");
}

/** File names in a folder of `samples/`. */
export function samplesIn(name: string): string[] {
  return readdirSync(new URL(`${name}/`, folder)).sort();
}
