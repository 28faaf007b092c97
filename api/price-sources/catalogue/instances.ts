import type { WantedPrice } from "./wanted-price.ts";
import { hours, inRegion } from "./wanted-price.ts";

/** What tells the price from its decoys: capacity reservations, capacity blocks, other tenancies, other software, other licences. */
const shared = {
  tenancy: "Shared",
  preInstalledSw: "NA",
  licenseModel: "No License required",
  capacitystatus: "Used",
  marketoption: "OnDemand",
} as const;
const attributes = {
  productfamily: ["Compute Instance", "Compute Instance (bare metal)"],
  tenancy: ["Shared"],
  preinstalledsw: ["NA"],
  licensemodel: ["No License required"],
  capacitystatus: ["Used"],
  // Lists from before the attribute existed do not have it.
  marketoption: ["OnDemand", null],
} as const;
const instances = {
  service: "AmazonEC2",
  unit: "Instance-Hour",
  units: hours,
  usageType: "BoxUsage:{instanceType}",
} as const;

/** AmazonEC2: on demand with the reserved terms that stand in the same products, and the surplus credits of burstable types. */
export const instancePrices: readonly WantedPrice[] = [
  {
    ...{ ...instances, sku: "ec2/linux/{instanceType}", reserved: "ec2-reserved/linux/{instanceType}" },
    filters: { ...inRegion, ...shared, operatingSystem: "Linux" },
    attributes: { ...attributes, operatingsystem: ["Linux"], operation: ["RunInstances"] },
  },
  {
    ...{ ...instances, sku: "ec2/windows/{instanceType}", reserved: "ec2-reserved/windows/{instanceType}" },
    filters: { ...inRegion, ...shared, operatingSystem: "Windows" },
    attributes: { ...attributes, operatingsystem: ["Windows"], operation: ["RunInstances:0002"] },
  },
  ...["t2", "t3", "t3a", "t4g"].flatMap((family) =>
    ["Linux", "Windows"].map((system) => ({
      ...{ sku: `ec2/cpu-credit/${system.toLowerCase()}/${family}`, unit: "vCPU-Hour" as const },
      units: { "vCPU-Hours": "1" },
      service: "AmazonEC2",
      filters: { ...inRegion, productFamily: "CPU Credits" },
      usageType: `CPUCredits:${family}`,
      attributes: { productfamily: ["CPU Credits"], operatingsystem: [system] },
    })),
  ),
];
