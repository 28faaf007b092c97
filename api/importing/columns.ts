import { nearest } from "../core/model/field.ts";

/** What a column says, by the header that Stowage itself writes. */
export type ColumnName =
  | "service"
  | "cluster"
  | "tasks"
  | "min tasks"
  | "max tasks"
  | "load profile"
  | "vCPU"
  | "memory"
  | "architecture"
  | "OS"
  | "region"
  | "hours"
  | "options"
  | "owner"
  | "cost centre"
  | "interruptible";

/** What numbers without a unit are in; `cpu`: the header does not say which. */
export type ColumnUnit = "vCPU" | "CPU units" | "millicores" | "cpu" | "GB" | "MiB" | null;

interface ColumnWords {
  /** Only letters and digits of a header count, in any case. */
  readonly headers: readonly string[];
  /** Those of them, and further ones, that say a unit. */
  readonly units?: Readonly<Record<string, ColumnUnit>>;
}

const vcpuHeaders = ["vcpu", "vcpus", "vcores", "cpucores", "cores", "cpuvcpu", "cpuvcpus", "cpuincores"];
const unitHeaders = ["cpuunits", "cpuunit", "cpuinunits", "vcpuunits", "ecscpuunits"];
const memoryHeaders = ["memory", "mem", "ram", "memorysize", "taskmemory", "speicher", "arbeitsspeicher"];

/** In the order of the template. German ones too: lists with decimal commas come with them. */
export const columnWords: Readonly<Record<ColumnName, ColumnWords>> = {
  service: {
    headers: ["service", "services", "servicename", "name", "app", "appname", "application", "dienst", "ecsservice"],
  },
  cluster: { headers: ["cluster", "clustername", "ecscluster"] },
  tasks: {
    headers: ["tasks", "task", "taskcount", "numberoftasks", "nooftasks", "count", "replicas", "desiredcount"].concat([
      "desired",
      "desiredtasks",
      "instances",
      "anzahl",
      "anzahltasks",
    ]),
  },
  "min tasks": {
    headers: [
      "mintasks",
      "min",
      "minimum",
      "mincapacity",
      "minimumcapacity",
      "minimumtasks",
      "mincount",
      "minreplicas",
    ],
  },
  "max tasks": {
    headers: [
      "maxtasks",
      "max",
      "maximum",
      "maxcapacity",
      "maximumcapacity",
      "maximumtasks",
      "maxcount",
      "maxreplicas",
    ],
  },
  "load profile": { headers: ["loadprofile", "load", "profile", "trafficprofile", "lastprofil"] },
  vCPU: {
    headers: [],
    units: {
      ...of(["cpu", "cpus", "taskcpu"], "cpu"),
      ...of(vcpuHeaders, "vCPU"),
      ...of(unitHeaders, "CPU units"),
      ...of(["millicores", "cpumillicores", "cpuinmillicores", "mcpu", "cpum"], "millicores"),
    },
  },
  memory: {
    headers: memoryHeaders,
    units: {
      ...of(withEndings(memoryHeaders, ["gb", "gib", "gigabytes", "gibibytes"]), "GB"),
      ...of(withEndings(memoryHeaders, ["mb", "mib", "megabytes", "mebibytes"]), "MiB"),
    },
  },
  architecture: { headers: ["architecture", "arch", "cpuarchitecture", "cpuarch", "architektur"] },
  OS: { headers: ["os", "platform", "operatingsystem", "operatingsystemfamily", "osfamily", "betriebssystem"] },
  region: { headers: ["region", "awsregion", "location", "standort"] },
  hours: {
    headers: ["hours", "hourspermonth", "hoursmonth", "monthlyhours", "runtimehours", "runtime", "stunden"],
  },
  options: { headers: ["options", "option", "launchtypes", "launchtype", "purchaseoptions", "optionen"] },
  owner: { headers: ["owner", "team", "owningteam", "ownerteam", "verantwortlich"] },
  "cost centre": { headers: ["costcentre", "costcenter", "costcentrecode", "costcentercode", "cc", "kostenstelle"] },
  interruptible: { headers: ["interruptible", "spot", "spotok", "spotallowed", "canbeinterrupted", "unterbrechbar"] },
};

function of(headers: readonly string[], unit: ColumnUnit): Record<string, ColumnUnit> {
  return Object.fromEntries(headers.map((header) => [header, unit]));
}

function withEndings(headers: readonly string[], endings: readonly string[]): string[] {
  return headers.flatMap((header) => endings.flatMap((ending) => [header + ending, `${header}in${ending}`]));
}

export const columnNames = Object.keys(columnWords) as ColumnName[];

const known = new Map<string, { readonly name: ColumnName; readonly unit: ColumnUnit }>(
  columnNames.flatMap((name) => {
    const { headers, units = {} } = columnWords[name];
    return Object.entries({ ...of(headers, null), ...units }).map(([header, unit]) => [header, { name, unit }]);
  }),
);

/** How every column starts that Stowage itself adds to a list: with its results it can be imported again. */
export const resultHeaderStart = "Stowage: ";

export function isResultHeader(header: string): boolean {
  return header.trim().toLowerCase().startsWith(resultHeaderStart.trim().toLowerCase());
}

/** What a column of this header says; null: nothing that Stowage reads. */
export function columnOf(header: string): { readonly name: ColumnName; readonly unit: ColumnUnit } | null {
  // How much of it is used, and not how much there is.
  return header.includes("%") ? null : (known.get(essence(header)) ?? null);
}

/** The column that somebody may have meant by a header that is none. */
export function nearestColumn(header: string): ColumnName | null {
  const name = essence(header);
  const meant = name.length > headerLengthMax ? null : nearest(name, [...known.keys()]);
  return meant === null ? null : (known.get(meant)?.name ?? null);
}

/** A longer one is no slip of the pen, and takes its time to compare. */
const headerLengthMax = 40;

/** `Memory (GB) *` and `memory_gb` are the same. */
function essence(header: string): string {
  return header
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
