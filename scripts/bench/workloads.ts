import { random } from "./seeded.ts";

const sizes = [
  [256, 512],
  [256, 1024],
  [512, 1024],
  [512, 2048],
  [1024, 2048],
  [1024, 4096],
  [2048, 8192],
  [4096, 16384],
  [600, 1300],
] as const;

/** A request of `count` services of 1 to 20 tasks each, in the sizes people use and one that no launch type has just so. */
export function workload(count: number) {
  const next = random(count);
  const services = Array.from({ length: count }, (_, at) => {
    const [cpu, memory] = sizes[Math.floor(next() * sizes.length)] ?? sizes[0];
    return { name: `service-${at}`, cpu, memory, tasks: 1 + Math.floor(next() * 20), interruptible: next() < 0.3 };
  });
  return {
    region: "us-east-1",
    taskDefinitions: services.map(({ name, cpu, memory }) => ({
      family: name,
      cpu: `${cpu}`,
      memory: `${memory}`,
      networkMode: "awsvpc",
      runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
      containerDefinitions: [{ name, image: `example/${name}`, portMappings: [{ containerPort: 8080 }] }],
    })),
    services: services.map(({ name, tasks, interruptible }) => ({
      serviceName: name,
      taskDefinition: name,
      desiredCount: tasks,
      launchType: "FARGATE",
      interruptible,
    })),
  };
}
