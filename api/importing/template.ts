import type { DataValidation } from "hucre/xlsx";
import { textOf } from "../present/csv-table.ts";
import { defaultFont, headings, number, numberFormats, sheet, text } from "../present/workbook-cells.ts";
import { type ColumnName, columnNames } from "./columns.ts";

interface Guide {
  /** In characters. */
  readonly width: number;
  readonly isNeeded: boolean;
  readonly says: string;
  readonly example: string;
}

/** What the second sheet of the template says of each column. */
const guides: Readonly<Record<ColumnName, Guide>> = {
  service: { width: 22, isNeeded: true, says: "What the service is called.", example: "web" },
  cluster: {
    ...{ width: 16, isNeeded: false, example: "shop" },
    says: "Services of one cluster and region share EC2 instances. Empty: default.",
  },
  tasks: { width: 10, isNeeded: false, says: "How many tasks run. Empty: the min tasks, or 1.", example: "4" },
  "min tasks": { width: 10, isNeeded: false, says: "The fewest tasks that autoscaling keeps.", example: "2" },
  "max tasks": { width: 10, isNeeded: false, says: "The most tasks that autoscaling starts.", example: "10" },
  "load profile": {
    ...{ width: 18, isNeeded: false, example: "Shop days" },
    says: "The name of a stored load profile, which autoscaling follows.",
  },
  vCPU: {
    ...{ width: 12, isNeeded: true, example: "0.5, 0.5 vCPU, 512 units, 500m" },
    says: "Of one task. Without a unit, numbers up to 192 are vCPU and those from 256 CPU units, of which 1024 are a vCPU.",
  },
  memory: {
    ...{ width: 12, isNeeded: true, example: "2 GB, 2048 MiB, 2048" },
    says: "Of one task. Without a unit, numbers up to 32 are GB and those from 128 MiB, of which 1024 are a GB.",
  },
  architecture: { width: 14, isNeeded: false, says: "X86_64 or ARM64 (Graviton). Empty: X86_64.", example: "ARM64" },
  OS: {
    ...{ width: 28, isNeeded: false, example: "WINDOWS_SERVER_2022_CORE" },
    says: "LINUX or a version of Windows. Empty: LINUX.",
  },
  region: {
    ...{ width: 16, isNeeded: true, example: "eu-central-1" },
    says: "The AWS region. It may be left out where the request names one for all rows.",
  },
  hours: {
    ...{ width: 10, isNeeded: false, example: "160" },
    says: "How many hours of the priced period it runs. Empty or 24/7: all of them.",
  },
  options: {
    ...{ width: 24, isNeeded: false, example: "fargate, fargate-spot" },
    says: "The options to compare, with commas between them. Empty: those that are compared unless told.",
  },
  owner: { width: 16, isNeeded: false, says: "Who answers for it.", example: "Team Shop" },
  "cost centre": { width: 14, isNeeded: false, says: "Where its cost is booked.", example: "4711" },
  interruptible: {
    ...{ width: 14, isNeeded: false, example: "yes" },
    says: "Whether its tasks may be stopped at two minutes' notice, as Spot does. Empty: no.",
  },
};

type Example = Readonly<Partial<Record<ColumnName, string | number>>>;

const common = { cluster: "shop", region: "us-east-1", owner: "Team Shop", "cost centre": "4711" };

const examples: readonly Example[] = [
  { ...common, service: "web", tasks: 4, vCPU: 0.5, memory: "1 GB", hours: "24/7", interruptible: "no" },
  {
    ...{ ...common, service: "worker", tasks: 2, vCPU: 1, memory: "2 GB", architecture: "ARM64", OS: "LINUX" },
    ...{ options: "fargate, fargate-spot", interruptible: "yes" },
  },
  { ...common, service: "reports", tasks: 1, vCPU: 2, memory: "4096 MiB", hours: 160 },
];

/** The workbook to fill in, with services that show how. */
export async function templateWorkbook(): Promise<Uint8Array<ArrayBuffer>> {
  const { writeXlsx } = await import("hucre/xlsx");
  const services = sheet({
    name: "Services",
    widths: columnNames.map((name) => guides[name].width),
    rows: [headings(...columnNames), ...examples.map((example) => columnNames.map((name) => cellOf(example[name])))],
    frozenRows: 1,
  });
  const written = await writeXlsx({
    sheets: [{ ...services, dataValidations: choices() }, guideSheet()],
    defaultFont,
    properties: { title: "List of services", creator: "Stowage", modified: new Date(0) },
  });
  return new Uint8Array(written);
}

/** The same services as CSV. */
export function templateCsv(): string {
  return textOf([columnNames, ...examples.map((example) => columnNames.map((name) => example[name] ?? null))]);
}

function cellOf(value: string | number | undefined) {
  if (value === undefined) return null;
  return typeof value === "number" ? number(String(value), numberFormats.count) : text(value);
}

/** Excel offers these below the cell and takes others as well, such as arm64. */
function choices(): DataValidation[] {
  const offered: Readonly<Partial<Record<ColumnName, readonly string[]>>> = {
    architecture: ["X86_64", "ARM64"],
    OS: ["LINUX", "WINDOWS_SERVER_2019_CORE", "WINDOWS_SERVER_2022_CORE", "WINDOWS_SERVER_2025_CORE"],
    interruptible: ["yes", "no"],
  };
  return columnNames.flatMap((name, at): DataValidation[] => {
    const values = offered[name];
    const letter = String.fromCharCode(65 + at);
    if (values === undefined) return [];
    return [{ type: "list", values: [...values], range: `${letter}2:${letter}5000`, showErrorMessage: false }];
  });
}

function guideSheet() {
  const rows = columnNames.map((name) => {
    const { isNeeded, says, example } = guides[name];
    return [text(name), text(isNeeded ? "yes" : "no"), text(says), text(example)];
  });
  return sheet({
    name: "How to fill it in",
    widths: [16, 10, 90, 34],
    rows: [headings("Column", "Needed", "What it says", "Examples"), ...rows],
    frozenRows: 1,
  });
}
