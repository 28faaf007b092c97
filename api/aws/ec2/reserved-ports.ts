import type { PriceBook } from "../../core/model/price-book.ts";

const prefix = "ecs/default-reserved-port/";
const remembered = new WeakMap<PriceBook, readonly number[]>();

/** TCP ports the agent reserves on every Linux instance; they count towards its 100. Source: aws/amazon-ecs-agent@8dfceca README.md. */
export function defaultReservedPorts(book: PriceBook): readonly number[] {
  const ports =
    remembered.get(book) ??
    [...book.limits.values()].filter(({ key }) => key.startsWith(prefix)).map(({ value }) => value.toNumber());
  remembered.set(book, ports);
  return ports;
}
