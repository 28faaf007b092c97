import { adviceOn } from "../../db/price-ages.ts";
import { wantedByService } from "../price-sources/catalogue/catalogue.ts";

const plans = ["compute-savings-plan", "ec2-instance-savings-plan"];
const planServices = ["AmazonECS", "AmazonEKS", "AmazonEC2"];

/**
 * SKUs that a part of a source lists in full, as patterns with `*`: of these one that is not there any more has vanished. None: the
 * part is whatever somebody chose to enter.
 */
export function coveredSkus(source: string, part: string): readonly string[] {
  switch (source) {
    case "price-list-api":
    case "bulk-files":
      return listed(part).flatMap(({ sku, reserved }) => (reserved === null ? [sku] : [sku, `${reserved}/*`]));
    case "savings-plans-api":
      return planRates([part]);
    case "savings-plans-files":
      return planRates(planServices);
    case "ec2-api":
      return part === "spot-prices" ? ["ec2-spot/linux/*"] : [];
    case "fargate-spot-feed":
      return ["fargate-spot/linux/*"];
    case "spot-advisor":
      return [adviceOn("ec2-spot/linux/*")];
    default:
      return [];
  }
}

function listed(service: string): { readonly sku: string; readonly reserved: string | null }[] {
  const open = (template: string) => template.replace(/\{\w+\}/g, "*");
  return (wantedByService.get(service) ?? []).map(({ sku, reserved }) => ({
    sku: open(sku),
    reserved: reserved === undefined ? null : open(reserved),
  }));
}

function planRates(services: readonly string[]): string[] {
  const skus = services.flatMap((service) => listed(service).map(({ sku }) => sku));
  return plans.flatMap((plan) => skus.map((sku) => `${plan}/*/*/${sku}`));
}
