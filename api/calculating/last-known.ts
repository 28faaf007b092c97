import type { Statement } from "../../db/database.ts";
import { DatabaseUnreachable } from "../../db/problems.ts";

type Run = (statement: Statement) => Promise<unknown[]>;

export interface LastKnown {
  /** Runs a statement, and remembers what it gave. */
  readonly run: Run;
  /** What the same statement gave last; throws `DatabaseUnreachable` where that is not remembered. */
  readonly recall: Run;
}

/** Some eight regions' prices, and twice as many bytes. */
const charactersMax = 32 * 1024 * 1024;

/**
 * What threads were told last, for when the database cannot be asked: a thread remembers what it has read itself, and nothing once it had
 * to be replaced.
 */
export function lastKnown(run: Run): LastKnown {
  /** The last one used is last. */
  const known = new Map<string, { readonly rows: unknown[]; readonly characters: number }>();
  let characters = 0;
  const forget = (key: string) => {
    characters -= known.get(key)?.characters ?? 0;
    known.delete(key);
  };
  return {
    async run(statement) {
      const rows = await run(statement);
      const key = keyOf(statement);
      forget(key);
      const size = key.length + charactersIn(rows);
      known.set(key, { rows, characters: size });
      characters += size;
      while (characters > charactersMax) forget(known.keys().next().value ?? "");
      return rows;
    },
    recall(statement) {
      const found = known.get(keyOf(statement));
      if (found !== undefined) return Promise.resolve(found.rows);
      return Promise.reject(new DatabaseUnreachable(new Error("nothing is remembered")));
    },
  };
}

function keyOf({ sql, params, rowMode }: Statement): string {
  return JSON.stringify([sql, params, rowMode]);
}

/** About: what is no text is short. */
function charactersIn(rows: readonly unknown[]): number {
  let characters = 0;
  for (const row of rows) {
    for (const value of Object.values(row ?? {})) characters += typeof value === "string" ? value.length : 8;
  }
  return characters;
}
