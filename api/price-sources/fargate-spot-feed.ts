import { downloadJson, type Web, withAttempts } from "./download.ts";
import { addPrice, type Gathering, refuse, settle, startGathering } from "./gather-rows.ts";
import { record, text } from "./list-terms.ts";
import type { PriceRow, PriceSource, ReadRequest, RefusalReason, SourceRow } from "./price-source.ts";
import { needParts, needRegion, type Region } from "./regions.ts";

/** The file that AWS's own pricing page reads. */
const pricingPageFeed = "https://dftu77xade0tc.cloudfront.net/fargate-spot-prices.json";

const meters: Readonly<Record<string, { readonly sku: string; readonly unit: "vCPU-Hour" | "GB-Hour" }>> = {
  "vCPU-Hours": { sku: "fargate-spot/linux/x86_64/vcpu", unit: "vCPU-Hour" },
  "GB-Hours": { sku: "fargate-spot/linux/x86_64/memory", unit: "GB-Hour" },
  "ARM-vCPU-Hours": { sku: "fargate-spot/linux/arm64/vcpu", unit: "vCPU-Hour" },
  "ARM-GB-Hours": { sku: "fargate-spot/linux/arm64/memory", unit: "GB-Hour" },
};

/**
 * The undocumented feed of AWS's pricing page. Off by default: by its own words it is meant for aws.amazon.com only, without any
 * guarantee; who switches it on decides that for himself.
 */
export function fargateSpotFeed(web: Web, address = pricingPageFeed): PriceSource {
  const source = {
    id: "fargate-spot-feed",
    label: "Fargate Spot prices of AWS's pricing page",
    reference: "https://aws.amazon.com/fargate/pricing/",
    permissions: [],
    onByDefault: false,
    parts: ["fargate-spot"],
    partsOnRequest: [],
  };

  async function* read({ regions, parts, signal }: ReadRequest): AsyncIterable<SourceRow> {
    const asked = regions.map(needRegion);
    for (const _ of needParts(source, parts)) {
      const feed = await withAttempts(web, signal, () => downloadJson(web, address, signal));
      yield* readFeed(record(feed), asked, address);
    }
  }

  return { ...source, read };
}

function readFeed(
  feed: Readonly<Record<string, unknown>>,
  regions: readonly Region[],
  address: string,
): Iterable<SourceRow> {
  const gathering = startGathering();
  const version = text(record(feed.metadata)["source:version"]);
  const day =
    /^(\d{4})(\d{2})(\d{2})\d{6}$/
      .exec(version ?? "")
      ?.slice(1)
      .join("-") ?? null;
  const source = `${address}, version ${version ?? "not stated"}`;
  const prices = Array.isArray(feed.prices) ? feed.prices.map(record) : [];
  for (const price of prices) takePrice(gathering, price, { regions, day, source });
  return settle(gathering);
}

interface Feed {
  readonly regions: readonly Region[];
  readonly day: string | null;
  readonly source: string;
}

function takePrice(gathering: Gathering, price: Readonly<Record<string, unknown>>, feed: Feed): void {
  const read = readPrice(price, feed);
  if ("kind" in read) addPrice(gathering, read);
  else {
    refuse(gathering, {
      ...{ ...read, region: text(record(price.attributes)["aws:region"]), source: feed.source },
      ...{ sku: meters[text(price.unit) ?? ""]?.sku ?? null, id: text(price.id) ?? "(no id)" },
      name: `Fargate Spot ${text(price.unit) ?? "(no unit)"}`,
    });
  }
}

function readPrice(price: Readonly<Record<string, unknown>>, { regions, day, source }: Feed): PriceRow | Refused {
  const code = text(record(price.attributes)["aws:region"]);
  const region = regions.find((each) => each.code === code);
  const meter = meters[text(price.unit) ?? ""];
  const amount = text(record(price.price)[region?.currency ?? ""]);
  if (region === undefined) return { reason: "other-region", message: `${code ?? "No region"} is not being read.` };
  if (meter === undefined) {
    return {
      reason: "unknown-unit",
      message: `The unit "${price.unit}" is not one of ${Object.keys(meters).join(", ")}.`,
    };
  }
  if (amount === null) return { reason: "currency", message: `There is no price in ${region.currency}.` };
  if (day === null)
    return { reason: "missing-field", message: "The feed does not say its version, which is its date." };
  if (!/^\d+(\.\d+)?$/.test(amount) || /^[0.]+$/.test(amount)) {
    return { reason: "malformed", message: `"${amount}" is no price.` };
  }
  return {
    ...{ kind: "price", region: region.code, ...meter, unitPrice: amount, currency: region.currency },
    ...{
      tierFrom: "0",
      tierTo: null,
      effectiveDate: day,
      effectiveFrom: day,
      rateCode: text(price.id),
      source,
      note: null,
    },
  };
}

interface Refused {
  readonly reason: RefusalReason;
  readonly message: string;
}
