import type { StrategyKind } from "../../core/model/placement-rules.ts";

const byInstance = ["instanceid", "host"];
/** Attribute names (awsdocs/amazon-ecs-developer-guide@49232cf task-placement-constraints.md). */
const attribute = /^attribute:([A-Za-z0-9_\-/\\.]{1,128})$/;

/** The instances, or the values of an attribute of theirs, with the fewest of the service's tasks. */
export const spread: StrategyKind = {
  id: "spread",
  label: "spread evenly",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html",
  read(field, path) {
    if (field !== null && byInstance.includes(field.toLowerCase())) {
      return { ok: true, value: { kind: "spread", attribute: null } };
    }
    const name = attribute.exec(field ?? "")?.[1];
    if (name !== undefined) return { ok: true, value: { kind: "spread", attribute: name } };
    const message =
      "field of a spread strategy must be instanceId, host or attribute:NAME (attribute:ecs.availability-zone).";
    return { ok: false, problems: [{ code: "unknown_value", path, message }] };
  },
  example: {
    source: "describe-services output in aws/amazon-ecs-cli#586",
    field: "attribute:ecs.availability-zone",
    ranking: { kind: "spread", attribute: "ecs.availability-zone" },
  },
};
