import { withoutCredentials } from "./credential.ts";

/** One answered request. Never a body, a query, a header or a link's token: they are or may hold secrets. */
export interface RequestLine {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** An error of ours. Without its message, which may quote what it was about. */
export interface ErrorLine {
  readonly requestId: string;
  readonly error: string;
  /** Where it was thrown, innermost first. */
  readonly at: readonly string[];
  readonly cause: Omit<ErrorLine, "requestId" | "cause"> | null;
}

export type Log = (line: RequestLine | ErrorLine) => void;

/** Links carry their token in the path, and people paste keys anywhere. */
export function loggedPath(path: string): string {
  return withoutCredentials(path.replace(/^(\/v1\/sheets\/).*$/s, "$1***")).slice(0, pathLengthMax);
}

const pathLengthMax = 200;

export function errorLine(error: Error, requestId: string): ErrorLine {
  const cause = error.cause instanceof Error ? described(error.cause) : null;
  return { requestId, ...described(error), cause };
}

function described(error: Error) {
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return { error: `${error.name}${code}`, at: framesOf(error) };
}

function framesOf({ stack = "", message }: Error): string[] {
  const frames = stack
    .replace(message, "")
    .split("\n")
    .map((line) => line.trim());
  return frames.filter((line) => line.startsWith("at ")).slice(0, 5);
}
