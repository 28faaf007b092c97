import type { Charge } from "../../api/core/model/charge.ts";
import { Exact } from "../../api/core/model/exact.ts";
import type { InstanceType, Price, PriceBook, PriceUnit } from "../../api/core/model/price-book.ts";

/** One untiered price with a date, a source and no flag. */
export function aPrice(sku: string, unitPrice: string, unit: PriceUnit, fields: Partial<Price> = {}): Price {
  return {
    sku,
    unit,
    unitPrice: new Exact(unitPrice),
    tierFrom: new Exact(0),
    tierTo: null,
    source: "a price list",
    rateCode: null,
    effectiveDate: "2026-09-01",
    effectiveFrom: "2026-09-01",
    estimated: false,
    flag: null,
    ...fields,
  };
}

/** One of something at a price, and so its cost. */
export function aCharge(service: string | null, cost: string, price: Partial<Price> = {}): Charge {
  const amount = new Exact(cost);
  const priced = aPrice("sku", cost, "Instance-Hour", price);
  return {
    service,
    launchType: null,
    sku: "sku",
    description: "",
    quantity: new Exact(1),
    price: priced,
    cost: amount,
    listCost: amount,
  };
}

/** A book of these prices and nothing else. */
export function aBook(prices: readonly Price[], fields: Partial<PriceBook> = {}): PriceBook {
  return {
    region: "us-east-1",
    currency: "USD",
    snapshot: "sample",
    prices: Map.groupBy(prices, (price) => price.sku),
    instanceTypes: [],
    taskSizes: [],
    limits: new Map(),
    ...fields,
  };
}

/** An x86 type of 2 vCPU and 8 GiB of a current generation, with three network interfaces and observed memory. */
export function anInstanceType(fields: Partial<InstanceType> = {}): InstanceType {
  return {
    name: "m9.large",
    vcpus: 2,
    memoryMiB: 8192,
    architecture: "x86_64",
    gpus: 0,
    instanceStoreGB: null,
    burstable: false,
    bareMetal: false,
    currentGeneration: true,
    hypervisor: "nitro",
    manufacturer: "Intel",
    registeredMemoryMiB: 7800,
    networkInterfaces: 3,
    ipv4PerInterface: 10,
    branchInterfaces: 9,
    interfaceTasks: null,
    interfaceTasksTrunking: null,
    source: "a list of types",
    ...fields,
  };
}

/** The book with a published case's own unit prices laid over its own. */
export function withUnitPrices(
  book: PriceBook,
  unitPrices: Readonly<Record<string, { readonly price: string; readonly unit: PriceUnit }>>,
): PriceBook {
  const laidOver = Object.entries(unitPrices).map(
    ([sku, { price, unit }]) => [sku, [aPrice(sku, price, unit)]] as const,
  );
  return { ...book, prices: new Map<string, readonly Price[]>([...book.prices, ...laidOver]) };
}
