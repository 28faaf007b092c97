import { parse } from "csv-parse/sync";
import { addPrice, type Gathering, refuse, settle, startGathering } from "./gather-rows.ts";
import type { PriceSource, ReadRequest, RefusalReason, SourceRow } from "./price-source.ts";
import { findRegion, needParts, needRegion } from "./regions.ts";

/** An operator's file: its name, for the messages, and its text. */
export interface OperatorsFile {
  readonly name: string;
  readonly text: string;
}

const columns = ["region", "architecture", "vcpu_price", "memory_price", "date", "source"] as const;
type Line = Readonly<Record<(typeof columns)[number], string>>;

/**
 * Fargate Spot prices that an operator enters, since no API and no file of AWS has them: a CSV with the columns `region, architecture
 * (x86_64, arm64), vcpu_price (per vCPU-hour), memory_price (per GB-hour), date (YYYY-MM-DD), source`, in the region's own currency.
 * Every line that cannot be used is a refused row that names the line and what is wrong with it.
 */
export function fargateSpotFile(file: OperatorsFile): PriceSource {
  const source = {
    id: "fargate-spot-file",
    label: "Fargate Spot prices entered by the operator",
    reference: "https://aws.amazon.com/fargate/pricing/",
    permissions: [],
    onByDefault: true,
    parts: ["fargate-spot"],
    partsOnRequest: [],
  };

  async function* read({ regions, parts }: ReadRequest): AsyncIterable<SourceRow> {
    for (const region of regions) needRegion(region);
    for (const _ of needParts(source, parts)) yield* readFile(file, regions);
  }

  return { ...source, read };
}

function readFile(file: OperatorsFile, regions: readonly string[]): Iterable<SourceRow> {
  const gathering = startGathering();
  const records = recordsOf(file.text);
  const [header, ...lines] = records;
  if (header === undefined || header.fields.join() !== columns.join()) {
    refuseLine(gathering, file, {
      line: header?.line ?? 1,
      reason: "malformed",
      why: `The columns have to be ${columns.join(", ")}.`,
    });
    return settle(gathering);
  }
  for (const { line, fields } of lines) {
    if (fields.length !== columns.length) {
      refuseLine(gathering, file, {
        line,
        reason: "malformed",
        why: `${fields.length} fields instead of ${columns.length}.`,
      });
    } else {
      const entry = Object.fromEntries(columns.map((name, i) => [name, fields[i] ?? ""])) as Line;
      takeLine(gathering, file, { line, entry, regions });
    }
  }
  return settle(gathering);
}

interface Numbered {
  readonly line: number;
  readonly entry: Line;
  readonly regions: readonly string[];
}

function takeLine(gathering: Gathering, file: OperatorsFile, { line, entry, regions }: Numbered): void {
  const wrong = wrongWith(entry);
  const region = findRegion(entry.region);
  if (wrong.length > 0 || region === null) {
    refuseLine(gathering, file, { line, reason: "malformed", why: wrong.join(" ") });
    return;
  }
  if (!regions.includes(region.code)) {
    refuseLine(gathering, file, { line, reason: "other-region", why: `${region.code} is not being read.` });
    return;
  }
  const meters = [
    { meter: "vcpu", unit: "vCPU-Hour", unitPrice: entry.vcpu_price },
    { meter: "memory", unit: "GB-Hour", unitPrice: entry.memory_price },
  ] as const;
  for (const { meter, unit, unitPrice } of meters) {
    addPrice(gathering, {
      ...{
        kind: "price",
        region: region.code,
        sku: `fargate-spot/linux/${entry.architecture}/${meter}`,
        unit,
        unitPrice,
      },
      ...{ currency: region.currency, tierFrom: "0", tierTo: null, rateCode: null, note: null },
      ...{
        effectiveDate: entry.date,
        effectiveFrom: entry.date,
        source: `${entry.source} (${file.name}, line ${line})`,
      },
    });
  }
}

function wrongWith({ region, architecture, vcpu_price, memory_price, date, source }: Line): string[] {
  const isPrice = (text: string) => /^\d+(\.\d+)?$/.test(text) && !/^[0.]+$/.test(text);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(date) && new Date(date).toJSON()?.slice(0, 10) === date;
  return [
    ...(findRegion(region) === null ? [`No region "${region}" is known.`] : []),
    ...(["x86_64", "arm64"].includes(architecture) ? [] : [`"${architecture}" is neither x86_64 nor arm64.`]),
    ...(isPrice(vcpu_price) ? [] : [`vcpu_price "${vcpu_price}" is no price.`]),
    ...(isPrice(memory_price) ? [] : [`memory_price "${memory_price}" is no price.`]),
    ...(isDay ? [] : [`date "${date}" is no day (YYYY-MM-DD).`]),
    ...(source === "" ? ["source is empty."] : []),
  ];
}

function refuseLine(
  gathering: Gathering,
  file: OperatorsFile,
  { line, reason, why }: { readonly line: number; readonly reason: RefusalReason; readonly why: string },
): void {
  const name = `${file.name}, line ${line}`;
  refuse(gathering, { reason, name, message: why, region: null, sku: null, id: name, source: file.name });
}

function recordsOf(text: string): { line: number; fields: string[] }[] {
  const options = {
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    trim: true,
    bom: true,
    info: true,
  } as const;
  const parsed = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
  return parsed.map(({ record, info }) => ({ line: info.lines, fields: record }));
}
