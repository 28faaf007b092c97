import { JSONParser } from "@streamparser/json";
import { SourceFailure } from "../source-failure.ts";

/** A value of a JSON file, with the keys that lead to it and the unfinished objects around it, outermost first. */
export interface JsonValue {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly around: readonly unknown[];
}

/**
 * Calls `take` with each value at one of `paths` (`$.products.*`) as it is complete, and holds nothing else in memory.
 * Failure: `unreadable` where the text is no JSON or breaks off.
 */
export async function readJsonValues(
  chunks: AsyncIterable<Uint8Array>,
  paths: readonly string[],
  take: (value: JsonValue) => void,
): Promise<void> {
  const parser = new JSONParser({ paths: [...paths], keepStack: false });
  let complete = false;
  parser.onValue = ({ value, key, stack }) => {
    const keys = [...stack.map((level) => level.key), key].filter((each) => each !== undefined);
    take({ path: keys, value, around: stack.map((level) => level.value) });
  };
  parser.onEnd = () => {
    complete = true;
  };
  for await (const chunk of chunks) write(parser, chunk);
  if (!complete) throw new SourceFailure("The JSON breaks off before its end.", { code: "unreadable" });
}

function write(parser: JSONParser, chunk: Uint8Array): void {
  try {
    parser.write(chunk);
  } catch (error) {
    if (error instanceof SourceFailure) throw error;
    const said = error instanceof Error ? error.message : "";
    throw new SourceFailure(`The file is no JSON: ${said.slice(0, 200)}`, { code: "unreadable", cause: error });
  }
}
