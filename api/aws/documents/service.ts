import { z } from "zod";
import type { DocumentFormat, Reading } from "../../core/model/document.ts";
import { isObject, kindOf } from "../../core/model/field.ts";
import { choice, listOf, objectOf, presence, problemsOf, text, whole } from "./fields.ts";
import { nameOf, referenceOf, regionsOf } from "./identifier.ts";
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
  reserved: ["scaling", "load"],
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

/** Source: botocore ecs 2014-11-13, CreateServiceRequest and Service. */
const service = z.object({
  ...taskGroupFields,
  serviceName: text(),
  serviceArn: text(),
  cluster: text(),
  clusterArn: text(),
  desiredCount: whole({ min: 0, max: 1_000_000, unit: "tasks" }),
  schedulingStrategy: choice(["REPLICA", "DAEMON"]),
  deploymentConfiguration: objectOf({ maximumPercent: percent, minimumHealthyPercent: percent }),
  loadBalancers: listOf(presence()),
  volumeConfigurations: listOf(presence()),
});

function readService(value: unknown, path: string): Reading {
  if (!isObject(value)) {
    return refused([{ code: "wrong_type", path, message: `A service must be an object, not ${kindOf(value)}.` }]);
  }
  if (isServiceSkeleton(value)) return refused([skeletonProblem(path, "create-service")]);
  const parsed = service.safeParse(value);
  if (!parsed.success) return refused(problemsOf(parsed.error, path));
  const problems = taskGroupProblems(parsed.data, path);
  return problems.length > 0 ? refused(problems) : { documents: [documentOf(parsed.data, path)], problems };
}

function refused(problems: Reading["problems"]): Reading {
  return { documents: [], problems };
}

function documentOf(fields: z.output<typeof service>, path: string): Reading["documents"][number] {
  const cluster = fields.cluster ?? fields.clusterArn;
  const daemon = fields.schedulingStrategy === "DAEMON";
  return {
    kind: "service",
    name: fields.serviceName ?? nameOf(fields.serviceArn),
    cluster: nameOf(cluster),
    // A daemon runs once on every instance, so that its count says nothing.
    tasks: daemon ? (fields.desiredCount ?? 1) : fields.desiredCount,
    taskDefinition: referenceOf(fields.taskDefinition ?? ""),
    volumesAtLaunch: fields.volumeConfigurations.filter(Boolean).length,
    regions: regionsOf([fields.serviceArn, cluster, fields.taskDefinition]),
    service: {
      path,
      lifetime: { kind: "always" },
      ...taskGroupOf(fields),
      daemon,
      maximumPercent: fields.deploymentConfiguration?.maximumPercent ?? null,
      minimumHealthyPercent: fields.deploymentConfiguration?.minimumHealthyPercent ?? null,
      loadBalancers: fields.loadBalancers.filter(Boolean).length,
    },
  };
}
