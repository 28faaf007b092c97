import { clusterSettingsFormat } from "../../api/aws/documents/cluster-settings.ts";
import { rateCardFormat } from "../../api/aws/documents/rate-card.ts";
import { stepScaling } from "../../api/aws/scaling-policies/step-scaling.ts";
import { targetTracking } from "../../api/aws/scaling-policies/target-tracking.ts";
import { exampleWith } from "./memory-app.ts";

const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:web:password::";

/** Something in every field that parsing reads of task definitions, services and runs, and in many that it does not. */
export const everythingRead = exampleWith({
  definition: {
    taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/web:41",
    revision: 41,
    status: "ACTIVE",
    taskRoleArn: "arn:aws:iam::123456789012:role/task",
    executionRoleArn: "arn:aws:iam::123456789012:role/execution",
    runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
    ephemeralStorage: { sizeInGiB: 30 },
    volumes: [
      { name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } },
      { name: "logs", host: { sourcePath: "/var/log/web" } },
      { name: "disk", configuredAtLaunch: true },
    ],
    placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.instance-type =~ m7.*" }],
    pidMode: "task",
    ipcMode: "none",
    containerDefinitions: [
      {
        name: "web",
        image: "nginx:1.29",
        essential: true,
        cpu: 256,
        memory: 1024,
        memoryReservation: 512,
        environment: [{ name: "A", value: "1" }],
        environmentFiles: [{ type: "s3", value: "arn:aws:s3:::web/web.env" }],
        secrets: [{ name: "B", valueFrom: secretArn }, { name: "C" }, null],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "web" },
          secretOptions: [{ name: "D", valueFrom: "arn:aws:ssm:us-east-1:123456789012:parameter/d" }],
        },
        repositoryCredentials: { credentialsParameter: secretArn },
        portMappings: [{ containerPort: 80, hostPort: 80, protocol: "tcp", name: "http" }],
        privileged: false,
        links: ["db:db"],
        linuxParameters: { sharedMemorySize: 64, devices: [{ hostPath: "/dev/fuse" }], tmpfs: [], capabilities: {} },
        ulimits: [{ name: "nofile", softLimit: 1024 }],
        dockerSecurityOptions: ["no-new-privileges"],
        stopTimeout: 30,
        healthCheck: { command: ["CMD", "true"] },
      },
    ],
  },
  service: {
    serviceArn: "arn:aws:ecs:us-east-1:123456789012:service/shop/web",
    clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/shop",
    capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", base: 1, weight: 4 }],
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    deployments: [{ id: "ecs-svc/1", volumeConfigurations: [{ managedEBSVolume: { sizeInGiB: 10 } }] }],
    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "ENABLED" } },
    loadBalancers: [
      { targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/web/1", containerPort: 80 },
      { targetGroupArn: "arn:web/2", loadBalancerName: "front", containerName: "web" },
      { loadBalancerName: "old" },
      { containerPort: 81 },
      {
        targetGroupArn: "arn:web/3",
        advancedConfiguration: {
          productionListenerRule: "arn:aws:elasticloadbalancing:us-east-1:1:listener-rule/app/shop/50dc/f2f7/9683",
        },
      },
    ],
    placementStrategy: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
    tags: [{ key: "owner", value: "shop" }],
    architectures: ["X86_64", "ARM64"],
    interruptible: true,
    localDiskGiB: 2,
    events: [{ message: "steady" }],
  },
  request: {
    hours: "730",
    period: { start: "2026-11-01T00:00:00Z", timeZone: "UTC" },
    runs: [{ name: "nightly", taskDefinition: "web:41", tasks: 5, seconds: 600, times: 30 }],
    cluster: clusterSettingsFormat.example,
    usage: { services: { web: { logGB: 5 } }, everyService: {} },
    rateCard: rateCardFormat.example,
    failures: [],
    commitments: [],
    options: ["fargate"],
  },
});

const alarm = {
  AlarmName: "web-cpu-high",
  MetricName: "CPUUtilization",
  Namespace: "AWS/ECS",
  Statistic: "Average",
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 60,
  ComparisonOperator: "GreaterThanThreshold",
  AlarmActions: ["arn:aws:sns:us-east-1:123456789012:pager"],
};
const target = {
  ServiceNamespace: "ecs",
  ResourceId: "service/shop/web",
  ScalableDimension: "ecs:service:DesiredCount",
  MinCapacity: 2,
  MaxCapacity: 20,
  RoleARN: "arn:aws:iam::123456789012:role/scaling",
};
const scheduled = {
  ScheduledActionName: "morning",
  ResourceId: "service/shop/web",
  Schedule: "cron(0 6 * * ? *)",
  ScalableTargetAction: { MinCapacity: 4 },
};
const metricData = {
  MetricDataResults: [
    { Id: "a", Label: "a", Timestamps: ["2026-11-01T00:00:00Z", "2026-11-01T00:01:00Z"], Values: [1, 2] },
    { Id: "b", Label: "b", Timestamps: [], Values: [] },
  ],
};
const statistics = { Label: "x", Datapoints: [{ Timestamp: "2026-11-01T00:00:00Z", Average: 1, Unit: "Percent" }] };

/** Services whose load and scaling are told in every way there is. */
export const scaledRequest = exampleWith({
  request: {
    hours: 24,
    services: [
      [
        "web",
        { ...target, ScheduledActions: [scheduled] },
        { unit: "vCPU", daily: Array.from({ length: 24 }, () => 1) },
      ],
      [
        "web",
        {
          ScalableTargets: { ScalableTargets: [target], NextToken: "more" },
          ScalingPolicies: [{ ...(targetTracking.example as object), PolicyARN: "arn:policy" }, stepScaling.example],
          MetricAlarms: [alarm],
          NextToken: "more",
          model: { startSeconds: 30 },
          deploymentsPerWeek: 7,
        },
        { unit: "vCPU", series: metricData, seriesId: "a" },
      ],
      ["idle", { NextToken: "more" }, null],
      [
        "third",
        [target],
        [
          { unit: "vCPU", series: statistics },
          { unit: "GiB", generate: { base: 1, peak: 2, seed: 7 } },
        ],
      ],
      [
        "fourth",
        [target],
        { unit: "GiB", series: [{ timestamp: "2026-11-01", value: 1, note: "x" }], periodSeconds: 60 },
      ],
    ].map(([cluster, scaling, load], at) => ({
      serviceName: at === 1 || at === 0 ? "web" : `service-${at}`,
      cluster: at === 1 ? "shop" : String(cluster),
      taskDefinition: "web",
      desiredCount: 2,
      scaling: JSON.parse(
        JSON.stringify(scaling).replaceAll(
          "service/shop/web",
          `service/${at === 1 ? "shop" : cluster}/${at === 1 || at === 0 ? "web" : `service-${at}`}`,
        ),
      ),
      load,
    })),
  },
});

/** Three manifests, one of them of a kind that is not priced. */
export const manifestText = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { team: shop } }
spec:
  replicas: 3
  template:
    metadata: { annotations: { note: hot } }
    spec:
      affinity: { podAntiAffinity: {} }
      containers:
        - name: web
          image: nginx:1
          env: [{ name: PASSWORD, value: c4n4ry-0fd5a1 }]
          args: [--token=c4n4ry-0fd5a1]
          resources: { requests: { cpu: 100m, memory: 128Mi } }
      volumes:
        - { name: cache, emptyDir: { sizeLimit: 1Gi } }
        - { name: host, hostPath: { path: /var/c4n4ry-0fd5a1 } }
---
apiVersion: v1
kind: Secret
metadata: { name: web }
stringData: { password: c4n4ry-0fd5a1 }
---
apiVersion: v1
kind: Pod
metadata: { name: lone, ownerReferences: [] }
spec: { containers: [{ name: lone, resources: { requests: { cpu: 1, memory: 1Gi } } }] }
status: { podIP: c4n4ry-0fd5a1 }
phase: c4n4ry-0fd5a1
`;
