import { exampleWith } from "./memory-app.ts";

/** Never to be seen again once it is sent. */
export const canary = "c4n4ry-0fd5a1";

/** A good request with secrets wherever task definitions and services have room for them. */
export const secretRequest = exampleWith({
  definition: {
    taskRoleArn: `arn:aws:iam::123456789012:role/${canary}`,
    executionRoleArn: `arn:aws:iam::123456789012:role/${canary}`,
    containerDefinitions: [
      {
        name: "web",
        image: "nginx:1.29",
        environment: [{ name: "PASSWORD", value: canary }],
        environmentFiles: [{ type: "s3", value: `arn:aws:s3:::${canary}/web.env` }],
        secrets: [{ name: "TOKEN", valueFrom: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${canary}` }],
        command: ["web", `--password=${canary}`],
        entryPoint: ["sh", "-c", canary],
        dockerLabels: { [canary]: canary },
        healthCheck: { command: ["CMD", `curl -u admin:${canary} http://localhost`] },
        logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": canary, [canary]: canary } },
        repositoryCredentials: { credentialsParameter: canary },
        mountPoints: [{ sourceVolume: canary, containerPath: canary }],
        [canary]: canary,
      },
    ],
    tags: [{ key: canary, value: canary }],
  },
  service: {
    events: [{ message: canary }],
    roleArn: canary,
    serviceConnectConfiguration: { namespace: canary },
    networkConfiguration: { awsvpcConfiguration: { subnets: [canary], securityGroups: [canary] } },
  },
});
