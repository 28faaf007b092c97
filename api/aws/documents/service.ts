import type { z } from "zod";
import type { DocumentFormat, Reading } from "../../core/model/document.ts";
import { isObject, kindOf } from "../../core/model/field.ts";
import { amount } from "./amount.ts";
import { choice, fieldsOf, listOf, objectOf, problemsOf, text, whole } from "./fields.ts";
import { nameOf, referenceOf, regionsOf } from "./identifier.ts";
import { loadBalancer, loadBalancersOf } from "./load-balancer.ts";
import { type LifetimeReading, readScaledLifetime, type ScaledService } from "./scaled-lifetime.ts";
import { isServiceSkeleton, skeletonProblem } from "./skeleton.ts";
import { taskGroupFields, taskGroupOf, taskGroupProblems } from "./task-group.ts";

/** Input of CreateService or one service of describe-services, with the contract's own fields beside AWS's. */
export const serviceFormat: DocumentFormat = {
  id: "service",
  label: "a service",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  field: "services",
  list: true,
  fields: null,
  reserved: [],
  recognises(value) {
    if (!isObject(value) || "seconds" in value || "containerDefinitions" in value) return false;
    return (
      "serviceName" in value ||
      "serviceArn" in value ||
      (typeof value.taskDefinition === "string" && "desiredCount" in value)
    );
  },
  read: readService,
  example: {
    serviceArn: "arn:aws:ecs:us-east-1:123456789012:service/shop/web",
    serviceName: "web",
    clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/shop",
    status: "ACTIVE",
    desiredCount: 6,
    runningCount: 6,
    launchType: "FARGATE",
    taskDefinition: "arn:aws:ecs:us-east-1:123456789012:task-definition/web:41",
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    deployments: [],
    events: [],
    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "ENABLED" } },
    tags: [{ key: "owner", value: "shop" }],
  },
};

const percent = whole({ min: 0, max: 10_000, unit: "percent" });
const minutes = amount({ min: 0, max: 1440, what: "a number of minutes" });

/** Source: botocore ecs 2014-11-13, CreateServiceRequest and Service. */
const service = fieldsOf({
  ...taskGroupFields,
  serviceName: text(),
  serviceArn: text(),
  cluster: text(),
  clusterArn: text(),
  desiredCount: whole({ min: 0, max: 1_000_000, unit: "tasks" }),
  schedulingStrategy: choice(["REPLICA", "DAEMON"]),
  deploymentConfiguration: objectOf({
    maximumPercent: percent,
    minimumHealthyPercent: percent,
    strategy: choice(["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"]),
    bakeTimeInMinutes: minutes,
    linearConfiguration: objectOf({
      stepPercent: amount({ min: 3, max: 100, what: "a percentage" }),
      stepBakeTimeInMinutes: minutes,
    }),
    canaryConfiguration: objectOf({ canaryBakeTimeInMinutes: minutes }),
  }),
  loadBalancers: listOf(loadBalancer),
  /** Where describe-services prints the volumes. */
  deployments: listOf(objectOf({ volumeConfigurations: taskGroupFields.volumeConfigurations })),
});

function readService(value: unknown, path: string): Reading {
  if (!isObject(value)) {
    return refused([{ code: "wrong_type", path, message: `A service must be an object, not ${kindOf(value)}.` }]);
  }
  if (isServiceSkeleton(value)) return refused([skeletonProblem(path, "create-service")]);
  const parsed = service.safeParse(value);
  if (!parsed.success) return refused(problemsOf(parsed.error, path));
  const scaled = readScaledLifetime(value, scaledServiceOf(parsed.data, path));
  const problems = [...taskGroupProblems(parsed.data, path), ...scaled.problems];
  return problems.length > 0 ? refused(problems) : { documents: [documentOf(parsed.data, path, scaled)], problems };
}

function refused(problems: Reading["problems"]): Reading {
  return { documents: [], problems };
}

function scaledServiceOf(fields: z.output<typeof service>, path: string): ScaledService {
  const { deploymentConfiguration: deployment } = fields;
  return {
    path,
    owner: {
      cluster: nameOf(fields.cluster ?? fields.clusterArn),
      service: fields.serviceName ?? nameOf(fields.serviceArn),
    },
    daemon: fields.schedulingStrategy === "DAEMON",
    loadBalanced: loadBalancersOf(fields.loadBalancers, path).length > 0,
    maximumPercent: deployment?.maximumPercent ?? null,
    minimumHealthyPercent: deployment?.minimumHealthyPercent ?? null,
    strategy: deployment?.strategy ?? null,
    bakeMinutes: (deployment?.bakeTimeInMinutes ?? 0) + shiftMinutes(deployment),
  };
}

/**
 * While traffic goes over bit by bit and both revisions run: after each step of a linear deployment but the last, once in a canary. Sources:
 * API_LinearConfiguration (steps of 10 %, 6 minutes), API_CanaryConfiguration (10 minutes); how many steps, AWS::ECS::Service LinearConfiguration.
 */
function shiftMinutes(deployment: z.output<typeof service>["deploymentConfiguration"]): number {
  if (deployment?.strategy === "CANARY") return deployment.canaryConfiguration?.canaryBakeTimeInMinutes ?? 10;
  if (deployment?.strategy !== "LINEAR") return 0;
  const { stepPercent, stepBakeTimeInMinutes } = deployment.linearConfiguration ?? {};
  return (Math.ceil(100 / (stepPercent ?? 10)) - 1) * (stepBakeTimeInMinutes ?? 6);
}

function documentOf(
  fields: z.output<typeof service>,
  path: string,
  { lifetime, notes }: LifetimeReading,
): Reading["documents"][number] {
  const cluster = fields.cluster ?? fields.clusterArn;
  const daemon = fields.schedulingStrategy === "DAEMON";
  return {
    kind: "service",
    name: fields.serviceName ?? nameOf(fields.serviceArn),
    cluster: nameOf(cluster),
    // A daemon runs once on every instance, so that its count says nothing.
    tasks: daemon ? (fields.desiredCount ?? 1) : fields.desiredCount,
    taskDefinition: referenceOf(fields.taskDefinition ?? ""),
    notes,
    regions: regionsOf([fields.serviceArn, cluster, fields.taskDefinition]),
    service: {
      path,
      lifetime: lifetime ?? { kind: "always" },
      ...taskGroupOf({ ...fields, volumeConfigurations: volumeConfigurationsOf(fields) }),
      daemon,
      maximumPercent: fields.deploymentConfiguration?.maximumPercent ?? null,
      minimumHealthyPercent: fields.deploymentConfiguration?.minimumHealthyPercent ?? null,
      loadBalancers: loadBalancersOf(fields.loadBalancers, path),
    },
  };
}

function volumeConfigurationsOf({ volumeConfigurations, deployments }: z.output<typeof service>) {
  return volumeConfigurations.length > 0 ? volumeConfigurations : (deployments[0]?.volumeConfigurations ?? []);
}
