import { today } from "./clock.ts";
import { downloadJson, type Web, withAttempts } from "./download.ts";
import { type Gathering, refuse, settle, startGathering } from "./gather-rows.ts";
import { record, text } from "./list-terms.ts";
import type { PriceSource, ReadRequest, SourceRow, SpotAdviceRow } from "./price-source.ts";
import { needParts, needRegion } from "./regions.ts";

/** The file that the page of AWS's Spot Instance Advisor reads. */
const advisorFile = "https://spot-bid-advisor.s3.amazonaws.com/spot-advisor-data.json";
const system = "Linux";

/**
 * How often Spot instances of each type were lately taken back, and how much less than on demand they cost. The file is public and
 * undocumented, so it is off by default; its shape is the one that alexei-led/spotinfo reads. It has no date of its own: the day of the
 * reading is its date. Windows is left out, as everywhere with Spot.
 */
export function spotAdvisor(web: Web, address = advisorFile): PriceSource {
  const source = {
    id: "spot-advisor",
    label: "AWS Spot Instance Advisor",
    reference: "https://aws.amazon.com/ec2/spot/instance-advisor/",
    permissions: [],
    onByDefault: false,
    parts: ["spot-advice"],
    partsOnRequest: [],
  };

  async function* read({ regions, parts, signal }: ReadRequest): AsyncIterable<SourceRow> {
    const asked = regions.map(needRegion);
    for (const _ of needParts(source, parts)) {
      const file = record(await withAttempts(web, signal, () => downloadJson(web, address, signal)));
      const asOf = today(web.clock);
      for (const { code } of asked) {
        yield* readAdvice(file, { region: code, asOf, source: `${address}, read on ${asOf}` });
      }
    }
  }

  return { ...source, read };
}

interface Advisor {
  readonly region: string;
  readonly asOf: string;
  readonly source: string;
}

function readAdvice(file: Readonly<Record<string, unknown>>, from: Advisor): SourceRow[] {
  const gathering = startGathering();
  const bands = readBands(file.ranges);
  const types = Object.entries(record(record(record(file.spot_advisor)[from.region])[system]));
  if (types.length === 0) refuseType(gathering, "any type", { ...from, reason: "missing-field", said: "nothing" });
  const rows = types
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([instanceType, advice]) => {
      const { s: savings, r: band } = record(advice);
      const label = bands.get(band);
      const isShare = typeof savings === "number" && Number.isInteger(savings) && savings < 100;
      if (label === undefined || !isShare) {
        refuseType(gathering, instanceType, { ...from, reason: "malformed", said: JSON.stringify(advice) });
        return [];
      }
      const { region, asOf, source } = from;
      const row: SpotAdviceRow = {
        ...{ kind: "spot-advice", region, instanceType, savingsPercent: savings, interruptionBand: label },
        ...{ effectiveDate: asOf, effectiveFrom: asOf, source },
      };
      return [row];
    });
  return [...rows, ...settle(gathering)];
}

/** By index: `<5%`. */
function readBands(ranges: unknown): ReadonlyMap<unknown, string> {
  const all = Array.isArray(ranges) ? ranges.map(record) : [];
  return new Map(all.flatMap(({ index, label }) => (text(label) === null ? [] : [[index, `${label}`]])));
}

function refuseType(
  gathering: Gathering,
  type: string,
  { region, source, reason, said }: Advisor & { reason: "malformed" | "missing-field"; said: string },
): void {
  refuse(gathering, {
    ...{ reason, region, source, sku: null, id: type, name: `Spot advice on ${type}, ${system}` },
    message: `Neither a discount below 100 % nor a band of interruptions that the file names: ${said}.`,
  });
}
