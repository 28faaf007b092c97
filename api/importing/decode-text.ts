import { recogniseContent, wrongContent } from "./file-kinds.ts";
import { UnreadableList } from "./table.ts";

/**
 * The text of a file. Its byte order mark says the encoding, else the caller does, else it is UTF-8, as browsers have it
 * (https://encoding.spec.whatwg.org/#decode). Bytes that are none of the encoding become U+FFFD, so that they can be told cell by cell.
 */
export async function* decodeText(
  body: AsyncIterable<Uint8Array>,
  encoding: string | null,
): AsyncGenerator<string, undefined> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    const { start, isWhole } = await firstBytes(chunks);
    const decoder = decoderFor(start, encoding);
    yield decoder.decode(start, { stream: true });
    while (!isWhole) {
      const { value, done } = await chunks.next();
      if (done === true) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    await chunks.return?.();
  }
  return;
}

/** Enough to tell what the file is. */
const startBytes = 512;

async function firstBytes(chunks: AsyncIterator<Uint8Array>): Promise<{ start: Uint8Array; isWhole: boolean }> {
  let start = new Uint8Array();
  while (start.length < startBytes) {
    const { value, done } = await chunks.next();
    if (done === true) return { start, isWhole: true };
    const joined = new Uint8Array(start.length + value.length);
    joined.set(start);
    joined.set(value, start.length);
    start = joined;
  }
  return { start, isWhole: false };
}

function decoderFor(start: Uint8Array, encoding: string | null): InstanceType<typeof TextDecoder> {
  const marked = markedEncoding(start);
  if (marked !== null) return new TextDecoder(marked);
  const kind = recogniseContent(start);
  if (kind !== null) throw wrongContent(kind, "CSV");
  if (encoding !== null) return declaredDecoder(encoding);
  if (start.filter((byte) => byte === 0).length > start.length / 4) {
    const message =
      "The list has NUL bytes and no byte order mark: UTF-16, it seems. Save it as UTF-8, or declare it (?encoding=utf-16le).";
    throw new UnreadableList(message, { code: "unmarked_utf16" });
  }
  return new TextDecoder();
}

function markedEncoding([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return null;
}

function declaredDecoder(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding);
  } catch (cause) {
    const message = "Nothing is known of the declared encoding. Declare one such as utf-8, windows-1252 or utf-16le.";
    throw new UnreadableList(message, { code: "unknown_encoding", cause });
  }
}
