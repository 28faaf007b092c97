import { isPlaceholder } from "../../core/model/field.ts";
import type { CapacityProviderStrategyItem } from "../../core/model/workload.ts";
import { field, listOf, objectOf, refusePlaceholder, whole } from "./fields.ts";
import { atMost, quotas } from "./quotas.ts";

const provider = field((value, refuse) => {
  if (typeof value !== "string" || value.trim() === "") return refuse("required", "must name a capacity provider");
  // FARGATE and FARGATE_SPOT are upper case, as placeholders are.
  if (isPlaceholder(value) && !/^[A-Z0-9_]+$/.test(value.trim())) return refusePlaceholder(refuse);
  return value.trim();
});

/**
 * Which share of the tasks runs on which capacity provider: the first `base` tasks, then by `weight`; both are 0 unless said.
 * Source: botocore ecs 2014-11-13, CapacityProviderStrategyItem.
 */
export const capacityProviderStrategy = atMost(
  quotas.strategyItems,
  listOf(
    objectOf({
      capacityProvider: provider,
      base: whole({ min: 0, max: quotas.strategyBase.value, unit: "tasks" }),
      weight: whole({ min: 0, max: quotas.strategyWeight.value, unit: "shares" }),
    }),
  ),
).transform((entries, context) => {
  const items = entries
    .filter((entry) => entry !== null)
    .map(({ capacityProvider, base, weight }) => ({ capacityProvider, base: base ?? 0, weight: weight ?? 0 }));
  for (const [code, message] of faultsOf(items)) context.addIssue({ code: "custom", message, params: { code } });
  // A lone provider takes every task, whatever its weight.
  return items.length === 1 ? items.map((item) => ({ ...item, weight: Math.max(1, item.weight) })) : items;
});

function* faultsOf(
  items: readonly CapacityProviderStrategyItem[],
): Generator<readonly [code: string, message: string]> {
  if (items.length > 1 && items.every((item) => item.weight === 0)) {
    yield [
      "no_weight",
      "has no item with a weight above 0, so that no task could be placed: give at least one a weight",
    ];
  }
  if (items.filter((item) => item.base > 0).length > 1) {
    yield ["two_bases", "has a base on more than one item: only one may have it"];
  }
  const names = items.map((item) => item.capacityProvider);
  if (new Set(names).size < names.length) {
    yield ["duplicate_capacity_provider", "names a capacity provider twice: name each once"];
  }
}
