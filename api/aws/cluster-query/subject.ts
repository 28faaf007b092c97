import { isOrder, type Operator, operators } from "./operator.ts";

export type Subject =
  | "agentConnected"
  | "agentVersion"
  | "ec2InstanceId"
  | "registeredAt"
  | "runningTasksCount"
  | "task:group"
  | `attribute:${string}`;

const identity: readonly Operator[] = ["==", "!=", "in", "!in", "=~", "!~"];
const quantity: readonly Operator[] = ["==", "!=", ">", ">=", "<", "<="];

/**
 * What may be asked of each subject but an attribute, of which anything may.
 * Source: ECS developer guide, cluster-query-language.md, "Subject". It lists no operators for `task:group`: a group is a name, so that
 * one cannot be greater than another.
 */
const operatorsBySubject: Readonly<Record<Exclude<Subject, `attribute:${string}`>, readonly Operator[]>> = {
  agentConnected: identity,
  agentVersion: quantity,
  ec2InstanceId: identity,
  registeredAt: quantity,
  runningTasksCount: quantity,
  "task:group": operators.filter((operator) => !isOrder(operator)),
};

export const plainSubjects = Object.keys(operatorsBySubject) as (keyof typeof operatorsBySubject)[];

export function operatorsOf(subject: Subject): readonly Operator[] {
  return attributeOf(subject) === null ? operatorsBySubject[subject as keyof typeof operatorsBySubject] : operators;
}

/** The name of the attribute that the subject is; null: it is something else. */
export function attributeOf(subject: Subject): string | null {
  return subject.startsWith("attribute:") ? subject.slice("attribute:".length) : null;
}

/** Source: ECS developer guide, task-placement-constraints.md, "Custom attributes". */
export function isAttributeName(name: string): boolean {
  return /^[A-Za-z0-9_\-/\\.]{1,128}$/.test(name);
}
