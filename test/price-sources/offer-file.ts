import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** Shaped like AmazonEC2's of us-east-1: for every type one product under shared tenancy, and a hundred that look like it. */
const systems = [
  ["Linux", "RunInstances"],
  ["Windows", "RunInstances:0002"],
  ["RHEL", "RunInstances:0010"],
  ["SUSE", "RunInstances:000g"],
] as const;
const capacities = [
  ["Used", "BoxUsage"],
  ["UnusedCapacityReservation", "UnusedBox"],
  ["AllocatedCapacityReservation", "Reservation"],
] as const;
const tenancies = ["Shared", "Dedicated", "Host"] as const;
const software = ["NA", "SQL Std", "SQL Web"] as const;
const leases = ["1yr", "3yr"].flatMap((length) =>
  ["No Upfront", "Partial Upfront", "All Upfront"].flatMap((option) =>
    ["standard", "convertible"].map((offeringClass) => ({ length, option, offeringClass })),
  ),
);

interface Offered {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly cents: number;
  readonly leased: boolean;
}

/** Products of the nth instance type, in an order that does not put the wanted ones first. */
function products(n: number): Offered[] {
  let count = 0;
  return tenancies.flatMap((tenancy) =>
    software.flatMap((preInstalledSw) =>
      systems.flatMap(([operatingSystem, operation]) =>
        capacities.map(([capacitystatus, usage]) => {
          const sku = `GEN${String(n * 108 + count++).padStart(13, "0")}`;
          const instanceType = `x${n}.large`;
          const used = capacitystatus === "Used" && preInstalledSw === "NA";
          return {
            sku,
            cents: capacitystatus === "AllocatedCapacityReservation" ? 0 : 10 + (n % 500),
            leased: used && tenancy !== "Host",
            attributes: {
              ...{
                servicecode: "AmazonEC2",
                location: "US East (N. Virginia)",
                locationType: "AWS Region",
                instanceType,
              },
              ...{ currentGeneration: "Yes", instanceFamily: "General purpose", vcpu: "2", memory: "8 GiB" },
              ...{ physicalProcessor: "Intel Xeon Platinum 8175", clockSpeed: "3.1 GHz", storage: "EBS only" },
              ...{ networkPerformance: "Up to 10 Gigabit", processorArchitecture: "64-bit", tenancy, operatingSystem },
              ...{ licenseModel: "No License required", usagetype: `${usage}:${instanceType}`, operation },
              ...{ availabilityzone: "NA", capacitystatus, classicnetworkingsupport: "false" },
              ...{ dedicatedEbsThroughput: "Up to 2120 Mbps", ecu: "10", enhancedNetworkingSupported: "Yes" },
              ...{ marketoption: "OnDemand", normalizationSizeFactor: "4", preInstalledSw, regionCode: "us-east-1" },
              ...{
                processorFeatures: "Intel AVX; Intel AVX2; Intel AVX512; Intel Turbo",
                vpcnetworkingsupport: "true",
              },
              servicename: "Amazon Elastic Compute Cloud",
            },
          };
        }),
      ),
    ),
  );
}

interface OfferedTerm {
  readonly code: string;
  readonly lease: (typeof leases)[number] | null;
  readonly rates: readonly { readonly code: string; readonly unit: string; readonly price: string }[];
}

function termsOf({ cents, leased }: Offered): OfferedTerm[] {
  const hourly = (part: number) => ({
    code: "6YS6EN2CT7",
    unit: "Hrs",
    price: `${((cents / 100) * part).toFixed(10)}`,
  });
  const upfront = { code: "2TG2D8R56U", unit: "Quantity", price: `${cents * 30}` };
  const reserved = leases.map((lease, i) => ({
    code: `LEASE${String(i).padStart(5, "0")}`,
    lease,
    rates: lease.option === "No Upfront" ? [hourly(0.6)] : [upfront, hourly(lease.option === "All Upfront" ? 0 : 0.3)],
  }));
  return [{ code: "JRTCKXETXF", lease: null, rates: [hourly(1)] }, ...(leased ? reserved : [])];
}

function* jsonText(types: number): Generator<string> {
  yield '{"formatVersion":"v1.0","offerCode":"AmazonEC2","version":"20260901000000","publicationDate":"2026-09-01T00:00:00Z","products":{';
  for (let n = 0; n < types; n++) {
    for (const { sku, attributes } of products(n)) {
      const product = { sku, productFamily: "Compute Instance", attributes };
      yield `${sku === `GEN${"0".repeat(13)}` ? "" : ","}\n"${sku}" : ${JSON.stringify(product, null, 1)}`;
    }
  }
  yield `\n},\n"terms":{"OnDemand":{`;
  yield* termsText(types, "on demand");
  yield '},"Reserved":{';
  yield* termsText(types, "reserved");
  yield "}}}\n";
}

function* termsText(types: number, kind: "on demand" | "reserved"): Generator<string> {
  let comma = "";
  for (let n = 0; n < types; n++) {
    for (const offered of products(n)) {
      const terms = termsOf(offered).filter(({ lease }) => (lease === null) === (kind === "on demand"));
      if (terms.length === 0) continue;
      yield `${comma}\n"${offered.sku}" : ${JSON.stringify(termsJson(offered.sku, terms), null, 1)}`;
      comma = ",";
    }
  }
}

function termsJson(sku: string, terms: readonly OfferedTerm[]) {
  return Object.fromEntries(
    terms.map(({ code, lease, rates }) => [
      `${sku}.${code}`,
      {
        ...{ offerTermCode: code, sku, effectiveDate: "2026-09-01T00:00:00Z" },
        priceDimensions: Object.fromEntries(
          rates.map((rate) => [
            `${sku}.${code}.${rate.code}`,
            {
              ...{
                rateCode: `${sku}.${code}.${rate.code}`,
                description: "per instance hour or at the start",
                unit: rate.unit,
              },
              ...(rate.unit === "Hrs" ? { beginRange: "0", endRange: "Inf" } : {}),
              ...{ pricePerUnit: { USD: rate.price }, appliesTo: [] },
            },
          ]),
        ),
        termAttributes:
          lease === null
            ? {}
            : {
                ...{ LeaseContractLength: lease.length, OfferingClass: lease.offeringClass },
                PurchaseOption: lease.option,
              },
      },
    ]),
  );
}

const csvColumns = [
  ...[
    "SKU",
    "OfferTermCode",
    "RateCode",
    "TermType",
    "PriceDescription",
    "EffectiveDate",
    "StartingRange",
    "EndingRange",
  ],
  ...["Unit", "PricePerUnit", "Currency", "LeaseContractLength", "PurchaseOption", "OfferingClass", "Product Family"],
];
const csvNames: Readonly<Record<string, string>> = {
  ...{ instanceType: "Instance Type", operatingSystem: "Operating System", preInstalledSw: "Pre Installed S/W" },
  ...{ licenseModel: "License Model", tenancy: "Tenancy", usagetype: "usageType", capacitystatus: "CapacityStatus" },
  ...{ marketoption: "MarketOption", regionCode: "Region Code", locationType: "Location Type" },
};

function* csvText(types: number): Generator<string> {
  const line = (fields: readonly string[]) => `${fields.map((field) => `"${field}"`).join(",")}\n`;
  const names = Object.keys(products(0)[0]?.attributes ?? {});
  yield `${line(["FormatVersion", "v1.0"])}${line(["Disclaimer", "none"])}${line(["Publication Date", "2026-09-01T00:00:00Z"])}`;
  yield `${line(["Version", "20260901000000"])}${line(["OfferCode", "AmazonEC2"])}`;
  // Real files have columns for every attribute of every product, most of them empty.
  const empty = Array.from({ length: 40 }, (_, i) => `Attribute ${i}`);
  yield line([...csvColumns, ...names.map((name) => csvNames[name] ?? name), ...empty]);
  for (let n = 0; n < types; n++) {
    for (const offered of products(n)) {
      for (const term of termsOf(offered)) {
        for (const rate of term.rates)
          yield line([
            ...rateFields(offered.sku, term, rate),
            ...Object.values(offered.attributes),
            ...empty.map(() => ""),
          ]);
      }
    }
  }
}

function rateFields(sku: string, { code, lease }: OfferedTerm, rate: OfferedTerm["rates"][number]): string[] {
  const range = rate.unit === "Hrs" ? ["0", "Inf"] : ["", ""];
  return [
    ...[
      sku,
      code,
      `${sku}.${code}.${rate.code}`,
      lease === null ? "OnDemand" : "Reserved",
      "per hour",
      "2026-09-01",
      ...range,
    ],
    ...[
      rate.unit,
      rate.price,
      "USD",
      lease?.length ?? "",
      lease?.option ?? "",
      lease?.offeringClass ?? "",
      "Compute Instance",
    ],
  ];
}

/** How many instance types make a file of about so many bytes. */
export function typesFor(bytes: number, format: "json" | "csv"): number {
  const size = (types: number) => [...text(types, format)].reduce((sum, piece) => sum + piece.length, 0);
  return Math.round(bytes / (size(3) - size(2)));
}

function text(types: number, format: "json" | "csv"): Generator<string> {
  return format === "json" ? jsonText(types) : csvText(types);
}

/** Sends the offer as it is made, and tells how many bytes it has. */
export async function sendOffer(response: ServerResponse, types: number, format: "json" | "csv"): Promise<number> {
  let bytes = 0;
  let piece = "";
  response.writeHead(200, { "content-type": "application/octet-stream" });
  for (const next of text(types, format)) {
    piece += next;
    if (piece.length < 65_536) continue;
    bytes += Buffer.byteLength(piece);
    if (!response.write(piece)) await once(response, "drain");
    piece = "";
  }
  response.end(piece);
  return bytes + Buffer.byteLength(piece);
}
