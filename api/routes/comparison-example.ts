/** A web service as people run it, short enough to paste into a shell. It holds no apostrophe. */
export const comparisonExample = {
  region: "us-east-1",
  taskDefinitions: [
    {
      family: "web",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "512",
      memory: "1024",
      containerDefinitions: [
        { name: "web", image: "nginx:1.29", essential: true, portMappings: [{ containerPort: 80 }] },
      ],
    },
  ],
  services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 6 }],
};
