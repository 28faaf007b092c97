import { type ParsedTokenInfo, Tokenizer, TokenParser, TokenType } from "@streamparser/json";
import { SourceFailure } from "../source-failure.ts";

/** A value of a JSON file, with the keys that lead to it. */
export interface JsonValue {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

export interface JsonReading {
  /** Of the values to be taken: `$.products.*`. */
  readonly paths: readonly string[];
  /** Values that need not be built, by the keys that lead to them; they count as null. */
  readonly skip?: (keys: readonly string[]) => boolean;
  take(value: JsonValue): void;
}

/**
 * Hands each value at one of the paths to `take` as soon as it is complete, and holds nothing else in memory. Failure: `unreadable`
 * where the text is no JSON or breaks off.
 */
export async function readJsonValues(chunks: AsyncIterable<Uint8Array>, reading: JsonReading): Promise<void> {
  const tokenizer = new Tokenizer();
  const parser = new TokenParser({ paths: [...reading.paths], keepStack: false });
  let failure: unknown = null;
  parser.onValue = ({ value, key, stack }) => {
    const path = [...stack.map((level) => level.key), key].filter((each) => each !== undefined);
    try {
      reading.take({ path, value });
    } catch (error) {
      failure ??= error;
    }
  };
  tokenizer.onToken = skipping(reading.skip ?? (() => false), (token) => parser.write(token));
  for await (const chunk of chunks) {
    write(tokenizer, chunk);
    if (failure !== null) throw failure;
  }
  if (!parser.isEnded) throw new SourceFailure("The JSON breaks off before its end.", { code: "unreadable" });
}

function write(tokenizer: Tokenizer, chunk: Uint8Array): void {
  try {
    tokenizer.write(chunk);
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    throw new SourceFailure(`The file is no JSON: ${said.slice(0, 200)}`, { code: "unreadable", cause: error });
  }
}

/** Lets the tokens through, with a null in place of each object or list to be skipped. */
function skipping(skip: (keys: readonly string[]) => boolean, through: (token: ParsedTokenInfo) => void) {
  const place = followKeys();
  let skippedDepth = 0;
  return (token: ParsedTokenInfo) => {
    const step = stepOf(token.token);
    if (skippedDepth > 0) {
      skippedDepth += step;
      if (skippedDepth === 0) through({ token: TokenType.NULL, value: null, offset: token.offset });
    } else if (step === 1 && place.isBelowKey() && skip(place.keys)) skippedDepth = 1;
    else {
      place.pass(token);
      through(token);
    }
  };
}

/** Deeper than this no value is skipped, and no keys are kept. */
const keysMax = 3;

/** The keys that lead to where the tokens have come to. */
function followKeys() {
  const keys: string[] = [];
  let depth = 0;
  let previous = TokenType.NULL;
  let word = "";
  return {
    keys: keys as readonly string[],
    isBelowKey: () => previous === TokenType.COLON && depth <= keysMax,
    pass: ({ token, value }: ParsedTokenInfo) => {
      if (token === TokenType.STRING) word = String(value);
      if (token === TokenType.COLON && depth <= keysMax) keys.splice(depth - 1, keys.length, word);
      depth += stepOf(token);
      previous = token;
    },
  };
}

function stepOf(token: TokenType): 1 | 0 | -1 {
  if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) return 1;
  return token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET ? -1 : 0;
}
