import { billedSeconds } from "../../core/model/billed-seconds.ts";
import type { TaskLife } from "../../core/model/demand.ts";
import { fraction } from "../../core/model/fraction.ts";
import type { AdmittedTask, Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { Usage } from "../../core/model/usage.ts";
import { skuPrefix } from "./size.ts";

const mibPerGib = 1024;
const names: Readonly<Record<string, string>> = { "fargate-spot": "Fargate Spot", "eks-fargate": "EKS Fargate" };

/**
 * vCPU, memory, storage above the included 20 GB, and for Windows the licence by vCPU: the configured size for every second from image
 * pull to stop, with a minimum per task. Source: aws.amazon.com/fargate/pricing (2026), case AWS-FG-R.
 */
export function meterFargate(
  life: TaskLife,
  { service, demand }: AdmittedTask,
  how: { launchType: string; context: Context },
) {
  const { book } = how.context;
  const task = service.taskDefinition;
  const { cpu = 0, memory = 0 } = demand.resources;
  const seconds =
    billedSeconds(life, limitOf(book, `fargate/minimum-seconds/${task.operatingSystem}`)) * BigInt(life.count);
  const included = limitOf(book, "fargate/ephemeral-storage/included-gib");
  const extraStorageGiB = Math.max(0, (demand.resources["ephemeral-storage"] ?? 0) - included);
  const architecture = demand.kinds[0] === "arm64" ? "arm64" : "x86_64";
  const prefix = skuPrefix(how.launchType, task, architecture);
  const name = names[how.launchType] ?? "Fargate";
  const platform = `${task.operatingSystem === "windows" ? "Windows" : "Linux"}/${architecture === "arm64" ? "ARM" : "x86"}`;
  const usage = (meter: string, amount: number, description: string): Usage => ({
    sku: meter === "ephemeral-storage" ? "fargate/ephemeral-storage" : `${prefix}/${meter}`,
    service: service.name,
    description: `${name} ${description}`,
    quantity: fraction(BigInt(amount) * seconds),
    unit: meter === "memory" || meter === "ephemeral-storage" ? "MiB-second" : "cpu-unit-second",
    startSeconds: life.startSeconds,
    endSeconds: life.endSeconds,
  });
  return [
    usage("vcpu", cpu, `vCPU, ${platform}`),
    usage("memory", memory, `memory, ${platform}`),
    ...(task.operatingSystem === "windows" ? [usage("licence", cpu, "Windows licence")] : []),
    usage("ephemeral-storage", extraStorageGiB * mibPerGib, `storage above ${included} GB`),
  ];
}
