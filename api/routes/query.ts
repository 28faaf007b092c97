import type { Context } from "hono";
import type { Problem, Result } from "../core/model/problem.ts";

/** Parameters that there are not, and those that are given more than once. */
export function misusedParameters(
  query: Readonly<Record<string, readonly string[]>>,
  known: readonly string[],
): Problem[] {
  return Object.entries(query).flatMap(([name, values]): Problem[] => {
    if (!known.includes(name)) {
      return [{ code: "unknown_field", path: "", message: `Known parameters are ${known.join(", ")}.` }];
    }
    return values.length > 1 ? [wrongParameter("field_twice", name, "given once")] : [];
  });
}

export function wrongParameter(code: string, path: string, should: string): Problem {
  return { code, path, message: `${path} must be ${should}.` };
}

/** A parameter: what its text means, undefined for none that can be read, and what it should have been. */
export interface Parameter<T> {
  read(text: string): T | undefined;
  readonly should: string;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type Values<P> = { readonly [Name in keyof P]: P[Name] extends Parameter<infer T> ? T | null : never };

/** Each parameter of the query by its name; what is left out or set to nothing is null. */
export function readParameters<P extends Parameters>(c: Context, parameters: P): Result<Values<P>> {
  const query = c.req.queries();
  const problems = misusedParameters(query, Object.keys(parameters));
  const values = Object.entries(parameters).map(([name, { read, should }]) => {
    const text = query[name]?.[0] ?? "";
    const value = text === "" ? null : read(text);
    if (value === undefined) problems.push(wrongParameter("unknown_value", name, should));
    return [name, value ?? null];
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: Object.fromEntries(values) };
}

/** From 1 to the largest. */
export function countUpTo(max: number): Parameter<number> {
  return {
    read: (text) => (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= max ? Number(text) : undefined),
    should: `a whole number from 1 to ${max}`,
  };
}

export function oneOf<T extends string>(known: readonly T[]): Parameter<T> {
  return {
    read: (text) => known.find((one) => one === text),
    should: `${known.slice(0, -1).join(", ")} or ${known.at(-1)}`,
  };
}
