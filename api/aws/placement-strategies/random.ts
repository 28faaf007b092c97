import type { StrategyKind } from "../../core/model/placement-rules.ts";

/** Any instance that will do. */
export const random: StrategyKind = {
  id: "random",
  label: "anywhere",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html",
  // "This field is not used": whatever it holds.
  read: () => ({ ok: true, value: { kind: "random" } }),
  example: {
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html (field: not used)",
    field: null,
    ranking: { kind: "random" },
  },
};
