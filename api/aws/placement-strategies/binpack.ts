import type { StrategyKind } from "../../core/model/placement-rules.ts";

const resources = ["cpu", "memory"];

/** The instance with the least left of a resource that still has enough of it. */
export const binpack: StrategyKind = {
  id: "binpack",
  label: "packed onto few instances",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html",
  read(field, path) {
    // Asked for in lower case, printed in capitals (hashicorp/terraform#12998).
    const resource = field?.toLowerCase();
    if (resource !== undefined && resources.includes(resource))
      return { ok: true, value: { kind: "binpack", resource } };
    const message = "field of a binpack strategy must be cpu or memory.";
    return { ok: false, problems: [{ code: "unknown_value", path, message }] };
  },
  example: {
    source: "describe-services output in aws/amazon-ecs-cli#586",
    field: "MEMORY",
    ranking: { kind: "binpack", resource: "memory" },
  },
};
