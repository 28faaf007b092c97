import { Exact } from "../../../api/core/model/exact.ts";
import type { PriceBook } from "../../../api/core/model/price-book.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";

const [virginia] = await bundledBooks("us-east-1");

/** A task definition of 0.25 vCPU and 512 MiB that Fargate and EC2 run. */
export function fargateTask(family: string, fields: object = {}): object {
  return {
    ...{ family, cpu: "256", memory: "512", networkMode: "awsvpc", executionRoleArn: "role" },
    ...{ runtimePlatform: { cpuArchitecture: "X86_64" }, containerDefinitions: [{ name: family }] },
    ...fields,
  };
}

/** Costs in cents by SKU, of the option's charges for the service (null: shared) whose SKU is of the form. */
export function costsOf(
  request: object,
  option: string,
  { service, sku }: { readonly service: string | null; readonly sku: RegExp },
): Readonly<Record<string, string>> {
  const { charges, problems } = optionOf(comparisonOf({ ...request, options: [option] }, virginia), option);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(" "));
  const wanted = charges.filter((charge) => charge.service === service && sku.test(charge.sku));
  const bySku = Map.groupBy(wanted, (charge) => charge.sku);
  return Object.fromEntries(
    [...bySku].map(([name, lines]) => [
      name,
      lines.reduce((sum, { cost }) => sum.plus(cost), new Exact(0)).toFixed(2, Exact.ROUND_HALF_UP),
    ]),
  );
}

/** Codes. */
export function assumptionsOf(request: object, option: string, book: PriceBook = virginia): readonly string[] {
  const { assumptions } = optionOf(comparisonOf({ ...request, options: [option] }, book), option);
  return assumptions.map(({ code }) => code);
}
