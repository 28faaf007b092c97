export interface BodyLine {
  /** From 1, empty lines counted. */
  readonly number: number;
  /** Null: over the limit. */
  readonly bytes: Uint8Array | null;
}

/** The body had more bytes than it may. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
}

/** The connection ended before the body did. */
export class BodyIncomplete extends Error {
  override readonly name = "BodyIncomplete";
}

interface Limits {
  readonly bodyBytesMax: number;
  readonly lineBytesMax: number;
}

/** The lines of a body that holds more than one line only in passing. Throws `BodyTooLarge` and `BodyIncomplete`. */
export async function* bodyLines(body: ReadableStream<Uint8Array>, limits: Limits): AsyncGenerator<BodyLine> {
  const line = new GrowingLine(limits.lineBytesMax);
  for await (const chunk of bodyChunks(body, limits.bodyBytesMax)) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      line.add(chunk.subarray(start, end));
      yield line.end();
      start = end + 1;
    }
    line.add(chunk.subarray(start));
  }
  yield line.end();
}

/** The body as it comes. Throws `BodyTooLarge` and `BodyIncomplete`. */
export async function* bodyChunks(body: ReadableStream<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of whole(body)) {
    read += chunk.length;
    if (read > bytesMax) throw new BodyTooLarge("The body is over its limit");
    yield chunk;
  }
}

async function* whole(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw new BodyIncomplete("The body broke off", { cause });
  }
}

const newline = 0x0a;

class GrowingLine {
  readonly #bytesMax: number;
  #number = 1;
  #length = 0;
  #parts: Uint8Array[] = [];

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > this.#bytesMax) this.#parts = [];
    else this.#parts.push(part);
  }

  end(): BodyLine {
    const ended = {
      number: this.#number,
      bytes: this.#length > this.#bytesMax ? null : joined(this.#parts, this.#length),
    };
    this.#number += 1;
    this.#length = 0;
    this.#parts = [];
    return ended;
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
