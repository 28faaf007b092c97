import { Exact } from "../core/model/exact.ts";
import { type Cell, digits } from "../present/csv-table.ts";
import type { ColumnName } from "./columns.ts";
import type { ServiceRow } from "./service-row.ts";

const cellsOf: Readonly<Record<ColumnName, (row: ServiceRow) => Cell>> = {
  service: ({ service }) => service,
  cluster: ({ cluster }) => cluster,
  tasks: ({ tasks }) => tasks,
  "min tasks": ({ tasksMin }) => tasksMin,
  "max tasks": ({ tasksMax }) => tasksMax,
  "load profile": ({ loadProfile }) => loadProfile,
  vCPU: ({ cpuUnits }) => decimal(new Exact(cpuUnits).div(cpuUnitsPerVcpu).toFixed()),
  memory: ({ memoryMiB }) => memoryMiB,
  architecture: ({ architecture }) => architecture,
  OS: ({ operatingSystem }) => operatingSystem,
  region: ({ region }) => region,
  hours: ({ hours }) => (hours === null ? null : decimal(hours)),
  options: ({ options }) => options.join(", "),
  owner: ({ owner }) => owner,
  "cost centre": ({ costCentre }) => costCentre,
  interruptible: ({ interruptible }) => (interruptible ? "yes" : "no"),
};

/** The columns of a list that is written so that it can be sent again, and what of a row stands in each. */
export const inputColumns = Object.entries(cellsOf).map(([name, cellOf]) => ({
  header: name === "memory" ? "memory (MiB)" : name,
  cellOf,
}));

const cpuUnitsPerVcpu = 1024;

/** Three decimals could be thousands, where nobody says how numbers are written: `1.125` is `1.1250`. */
function decimal(number: string): Cell {
  return digits(number.replace(/\.\d{3}$/, "$&0"));
}
