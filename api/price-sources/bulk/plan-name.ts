const names: Readonly<Record<string, string>> = {
  ComputeSavingsPlans: "compute-savings-plan",
  EC2InstanceSavingsPlans: "ec2-instance-savings-plan",
};

/** Our name of a plan's product family; null: not one that is read. */
export function planName(family: string | null): string | null {
  return names[family ?? ""] ?? null;
}
