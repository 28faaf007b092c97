import type { Problem } from "../../core/model/problem.ts";
import type { Settings } from "../../core/model/settings.ts";
import type { Service } from "../../core/model/workload.ts";
import { named } from "../plan-changes.ts";

/** Room for the loss of a zone is not kept while instances come and go. */
export function unscalableWith(services: readonly Service[], settings: Settings): Problem | null {
  if (!settings.surviveZoneLoss) return null;
  return unscalable(services, "room for the loss of a zone (surviveZoneLoss) is kept for a fixed number of tasks only");
}

/** Why instances cannot come and go with the tasks of these services, for this reason. */
export function unscalable(services: readonly Service[], reason: string): Problem {
  const names = named(services.map(({ name }) => name));
  const are = services.length === 1 ? "is" : "are";
  const message = `${names} ${are} scaled, and ${reason}. Compare ec2, or leave scaling and load out to price a fixed number of tasks.`;
  return { code: "scaled_on_instances", path: services[0]?.path ?? "", message };
}
