import type { DeploymentRoom, Settings } from "../../core/model/settings.ts";
import type { Service } from "../../core/model/workload.ts";

const defaultDeploymentRoom: DeploymentRoom = "one-task";

/** ECS defaults of a REPLICA service. Source: botocore@0e6e240 ecs/2014-11-13 DeploymentConfiguration. */
const defaultMaximumPercent = 200;
const defaultMinimumHealthyPercent = 100;

/**
 * Tasks of a new revision that must find room beside the old ones: one, so that a rolling deployment proceeds task by task, or all that
 * maximumPercent allows. None where ECS may stop an old task first.
 */
export function deploymentRoom(service: Service, settings: Settings): number {
  const kind = settings.deploymentRoom ?? defaultDeploymentRoom;
  if (kind === "none" || service.daemon || service.lifetime.kind === "runs" || service.tasks === 0) return 0;
  const limit = Math.floor((service.tasks * (service.maximumPercent ?? defaultMaximumPercent)) / 100);
  const extra = Math.max(0, limit - service.tasks);
  if (kind === "maximum-percent") return extra;
  const mustStay = Math.ceil((service.tasks * (service.minimumHealthyPercent ?? defaultMinimumHealthyPercent)) / 100);
  return mustStay < service.tasks ? 0 : Math.min(1, extra);
}
