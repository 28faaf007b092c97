/** As the FinOps Foundation's FOCUS names kinds of services (ServiceCategory and ServiceSubcategory, version 1.4). */
export interface FocusService {
  readonly name: string;
  readonly category: string;
  readonly subcategory: string;
}

const service = (name: string, category: string, subcategory: string): FocusService => ({
  name,
  category,
  subcategory,
});

const ec2 = service("Amazon Elastic Compute Cloud", "Compute", "Virtual Machines");
const ecs = service("Amazon Elastic Container Service", "Compute", "Containers");
const eks = service("Amazon Elastic Kubernetes Service", "Compute", "Containers");
const ebs = service("Amazon Elastic Block Store", "Storage", "Block Storage");
const cloudWatch = service("Amazon CloudWatch", "Management and Governance", "Observability");
const balancing = service("Elastic Load Balancing", "Networking", "Application Networking");
const vpc = service("Amazon Virtual Private Cloud", "Networking", "Network Infrastructure");
const own = service("Own costs", "Other", "Other (Other)");

/** Which service an SKU is of, by what it begins with. */
const beginnings: Readonly<Record<string, FocusService>> = {
  "alb/": balancing,
  "clb/": balancing,
  "nlb/": balancing,
  "cloudwatch/": cloudWatch,
  "cloudwatch-logs/": cloudWatch,
  "compute-savings-plan/": ecs,
  "data-transfer/": service("AWS Data Transfer", "Networking", "Network Connectivity"),
  "ebs/": ebs,
  "ec2/": ec2,
  "ec2-instance-savings-plan/": ec2,
  "ec2-reserved/": ec2,
  "ec2-spot/": ec2,
  "ecr/": service("Amazon Elastic Container Registry", "Compute", "Containers"),
  "ecs/": ecs,
  "ecs-anywhere/": ecs,
  "ecs-express-mode/": ecs,
  "ecs-managed-instances/": ecs,
  "efs/": service("Amazon Elastic File System", "Storage", "File Storage"),
  "eks/": eks,
  "eks-auto-mode/": eks,
  "eks-fargate/": eks,
  "fargate/": ecs,
  "fargate-spot/": ecs,
  "kms/": service("AWS Key Management Service", "Security", "Secret Management"),
  "nat-gateway/": vpc,
  "own/": own,
  "public-ipv4/": vpc,
  "s3/": service("Amazon Simple Storage Service", "Storage", "Object Storage"),
  "secrets-manager/": service("AWS Secrets Manager", "Security", "Secret Management"),
  "ssm/": service("AWS Systems Manager", "Management and Governance", "Other (Management and Governance)"),
  "support/": service("AWS Support", "Other", "Support"),
  "transit-gateway/": service("AWS Transit Gateway", "Networking", "Network Routing"),
  "vpc-endpoint/": vpc,
  "vpc-lattice/": service("Amazon VPC Lattice", "Networking", "Application Networking"),
};

/** Undefined: nobody has said yet which service it is of. */
export function focusServiceOf(sku: string): FocusService | undefined {
  return beginnings[sku.slice(0, sku.indexOf("/") + 1)];
}
