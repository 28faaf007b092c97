import type { Secret, Service } from "../core/model/workload.ts";

/** The distinct secrets of a kind that a task of the service is given, by their hashes. */
export function secretHashes(kind: Secret["kind"]): (service: Service) => readonly string[] {
  return ({ taskDefinition }) => {
    const secrets = taskDefinition.containers.flatMap((container) => container.secrets);
    return [...new Set(secrets.filter((secret) => secret.kind === kind).map(({ hash }) => hash))];
  };
}
