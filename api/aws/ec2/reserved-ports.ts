import type { PriceBook } from "../../core/model/price-book.ts";

const prefix = "ecs/default-reserved-port/";

/** TCP ports the agent reserves on every Linux instance; they count towards its 100. Source: aws/amazon-ecs-agent@8dfceca README.md. */
export function defaultReservedPorts(book: PriceBook): number[] {
  return [...book.limits.values()]
    .filter((limit) => limit.key.startsWith(prefix))
    .map((limit) => limit.value.toNumber());
}
