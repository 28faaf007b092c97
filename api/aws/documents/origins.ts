import type { Problem } from "../../core/model/problem.ts";

/** Where something stands: a file as people know it (`web.json`, or `all.jsonl:3` for its third line), and a path within it. */
export interface Place {
  readonly file: string;
  readonly path: string;
}

/** Paths of a request that was put together from files, and where each came from. */
export type Origins = ReadonlyMap<string, Place>;

/** The problem as the files' user knows it: `taskDefinitions[3].cpu` becomes `web.json: cpu`, in its message too. */
export function relocate<P extends Problem>(problem: P, origins: Origins): P {
  const message = problem.message.replace(documentPath, (path) => shownPath(path, origins));
  return { ...problem, path: shownPath(problem.path, origins), message };
}

const documentPath = /\b[A-Za-z]+\[\d+\](?:\[\d+\]|\.[A-Za-z]\w*)*/g;

function shownPath(path: string, origins: Origins): string {
  for (let prefix = path; prefix !== ""; prefix = parentOf(prefix)) {
    const place = origins.get(prefix);
    if (place !== undefined)
      return shownPlace({ file: place.file, path: joined(place.path, path.slice(prefix.length)) });
  }
  return path;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("."), path.lastIndexOf("[")));
}

function joined(path: string, rest: string): string {
  return path === "" && rest.startsWith(".") ? rest.slice(1) : path + rest;
}

export function shownPlace({ file, path }: Place): string {
  return path === "" ? file : `${file}: ${path}`;
}
