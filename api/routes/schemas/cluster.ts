import { z } from "@hono/zod-openapi";
import { containerInsights, controlPlaneTiers, instanceKinds } from "../../core/model/settings.ts";

const rootVolume = z
  .strictObject({
    volumeType: z.enum(["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"]).optional(),
    sizeInGiB: z.int().min(1),
    iops: z.int().min(1).optional(),
    throughput: z.int().min(1).optional().openapi({ description: "MiB/s." }),
  })
  .openapi("RootVolume");

const bounds = z.strictObject({ min: z.number().min(0), max: z.number().min(0) }).partial();
const inclusion = z.enum(["included", "excluded", "required"]);
const typePatterns = z.array(z.string()).openapi({ example: ["m7g.*"] });

const instanceRequirements = z
  .strictObject({
    vCpuCount: bounds,
    memoryMiB: bounds,
    memoryGiBPerVCpu: bounds,
    acceleratorCount: bounds,
    networkInterfaceCount: bounds,
    totalLocalStorageGB: bounds,
    cpuManufacturers: z.array(z.enum(["intel", "amd", "amazon-web-services"])),
    instanceGenerations: z.array(z.enum(["current", "previous"])),
    bareMetal: inclusion,
    burstablePerformance: inclusion,
    localStorage: inclusion,
    allowedInstanceTypes: typePatterns,
    excludedInstanceTypes: typePatterns,
  })
  .partial()
  .openapi("InstanceRequirements", {
    description: "What instance types must have, in the words of AWS's InstanceRequirementsRequest.",
    externalDocs: {
      url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_InstanceRequirementsRequest.html",
    },
  });

const managedScaling = z
  .strictObject({
    status: z.enum(["ENABLED", "DISABLED"]),
    targetCapacity: z.int().min(1).max(100),
    minimumScalingStepSize: z.int().min(1).max(10_000),
    maximumScalingStepSize: z.int().min(1).max(10_000),
    instanceWarmupPeriod: z.int().min(0).max(10_000),
    scaleOutDatapoints: z
      .int()
      .min(1)
      .openapi({ description: "Minutes above the target until it acts; 1 unless told. Ours." }),
    scaleInDatapoints: z.int().min(1).openapi({ description: "Minutes below it; 15 unless told. Ours." }),
  })
  .partial()
  .openapi("ManagedScaling", {
    description:
      "How the instances follow services that scale. In the words of AWS's ManagedScaling, with its defaults.",
    externalDocs: { url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html" },
  });

const terminationProtection = z.enum(["ENABLED", "DISABLED"]);

const capacityProvider = z
  .strictObject({
    name: z.string(),
    instanceTypes: z.array(z.string()).openapi({ description: "That the group launches, in turn." }),
    count: z.int().min(0).optional().openapi({ description: "How many there are; else min and max." }),
    min: z.int().min(0).optional(),
    max: z.int().min(0).optional().openapi({ description: "Left out: as many as it takes." }),
    zones: z.array(z.string()).optional().openapi({ description: "The cluster's unless told." }),
    purchaseOption: z.enum(["on-demand", "spot"]).optional(),
    targetCapacity: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .openapi({ description: "Managed scaling's, in percent; 100 unless told." }),
    base: z.int().min(0).optional(),
    weight: z
      .int()
      .min(0)
      .optional()
      .openapi({ description: "For services whose own strategy names no provider; 1 unless told." }),
    attributes: z
      .record(z.string(), z.string())
      .optional()
      .openapi({ description: "Custom attributes of its instances." }),
    managedScaling: managedScaling.optional(),
    managedTerminationProtection: terminationProtection.optional(),
    autoScalingGroupProvider: z
      .looseObject({ managedScaling, managedTerminationProtection: terminationProtection })
      .partial()
      .optional()
      .openapi({ description: "As describe-capacity-providers prints it." }),
    instanceStartSeconds: z
      .int()
      .min(0)
      .optional()
      .openapi({ description: "From the launch of an instance until it takes tasks; 120 unless told." }),
    scalingPolicies: z.array(z.looseObject({})).optional().openapi({
      description:
        "The older way: target tracking of the group on CPUReservation or MemoryReservation, as PutScalingPolicy of EC2 Auto Scaling takes it.",
    }),
  })
  .openapi("CapacityProvider", { description: "An Auto Scaling group that there is or is to be." });

const occupied = z
  .looseObject({
    instanceType: z.string(),
    count: z.int().min(1),
    zone: z.string(),
    capacityProvider: z.string(),
    cpu: z.int().min(0).openapi({ description: "CPU units taken on each." }),
    memory: z.int().min(0).openapi({ description: "MiB taken on each." }),
    gpu: z.int().min(0),
    networkInterfaces: z.int().min(0),
    hostPorts: z.array(z.union([z.int(), z.string()])).openapi({ example: [80, "udp/53"] }),
    runningTasks: z.int().min(0),
    taskGroups: z.array(z.string()),
    attributes: z.record(z.string(), z.string()),
  })
  .partial()
  .openapi("OccupiedInstances", {
    description:
      "Instances that run already with other tasks on them; or one as describe-container-instances prints it.",
  });

const kubernetes = z
  .strictObject({
    clusters: z.int().min(0).openapi({ description: "Control planes that are paid for; 1 unless told." }),
    extendedSupport: z.boolean(),
    controlPlaneTier: z.enum(controlPlaneTiers),
    prefixDelegation: z.boolean().openapi({ description: "Nodes give pods addresses out of /28 prefixes." }),
    customNetworking: z.boolean().openapi({ description: "Pods take no addresses from a node's first interface." }),
    efaOnlyInterfaces: z.int().min(0).max(32).openapi({
      description: "EFA-only interfaces of a node's first network card, which give pods no addresses.",
    }),
    coreDnsPods: z.int().min(0).openapi({ description: "2 unless told." }),
  })
  .partial()
  .openapi("Kubernetes", { description: "For the options that begin with eks." });

/** Documents `cluster` of a request. */
export const cluster = z
  .strictObject({
    zones: z
      .union([z.int().min(1).max(6), z.array(z.string()).min(1).max(6)])
      .openapi({ description: "Zones to spread instances over, how many or which; 3 unless told." }),
    surviveZoneLoss: z
      .boolean()
      .openapi({ description: "Any one zone may be lost: the others have room for every task." }),
    deploymentRoom: z
      .enum(["one-task", "maximum-percent", "none"])
      .openapi({ description: "Capacity kept free so that a rolling deployment can proceed." }),
    targetCapacity: z.int().min(1).max(100).openapi({
      description: "Percent of the instances that may be in use; the rest is kept empty. 100 unless told.",
    }),
    averageCpuPercent: z.int().min(0).max(100).openapi({
      description:
        "Average CPU use of the instances, in percent: above their baseline, burstable types are charged surplus credits (T2 is not).",
    }),
    awsvpcTrunking: z.boolean(),
    reservedMemoryMiB: z.int().min(0).openapi({ description: "ECS_RESERVED_MEMORY of the container agent." }),
    instanceTypes: z
      .array(z.string())
      .openapi({ description: "To choose from; all unless told.", example: ["m7i.large"] }),
    excludedInstanceTypes: z.array(z.string()),
    allow: z
      .array(z.enum(instanceKinds))
      .openapi({ description: "Kinds of types that are left out unless asked for." }),
    instanceRequirements,
    spotInstanceTypesMin: z
      .int()
      .min(1)
      .max(10)
      .openapi({ description: "Spot instances are of at least so many types." }),
    simplestWithinPercent: z.int().min(0).openapi({
      description: "Look also for the fleet of the fewest types that is at most so much dearer than the cheapest one.",
    }),
    rootVolume,
    containerInsights: z.enum(containerInsights).openapi({ description: "Of the cluster; off unless told." }),
    configuration: z.looseObject({}).openapi({
      description: "As describe-clusters prints it. Of it, the KMS keys: they are named as not priced.",
    }),
    kubernetes,
    capacityProviders: z
      .array(capacityProvider)
      .max(20)
      .openapi({ description: "The EC2 capacity there is or is to be; left out: instances are chosen." }),
    occupied: z.array(occupied).openapi({ description: "What runs already: only what the new tasks add is priced." }),
  })
  .partial()
  .openapi("Cluster", { description: "The EC2 capacity that tasks are placed on." });
