import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { SourceFile } from "../../api/aws/documents/read-documents.ts";
import type { Problem, Result } from "../../api/core/model/problem.ts";

/** The named files, `-` for standard input; without names standard input, if anything is piped in. Every unreadable one is named. */
export async function readFiles(names: readonly string[]): Promise<Result<readonly SourceFile[]>> {
  const wanted = names.length > 0 || process.stdin.isTTY ? names : ["-"];
  const files: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const name of wanted) {
    try {
      if (name === "-") files.push({ name: "standard input", text: await text(process.stdin) });
      else files.push({ name, text: await readFile(name, "utf8") });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : "unknown error";
      const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a directory" : `${code}`;
      problems.push({ code: "file_unreadable", path: name, message: `It cannot be read: ${reason}.` });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: files };
}
