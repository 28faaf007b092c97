import { Exact } from "../core/model/exact.ts";
import { type Cell, digits } from "../present/csv-table.ts";
import type { ServiceRow } from "./service-row.ts";

/** The columns of a list as its header names them, and what of a row stands in each, so that what is written can be sent again. */
export const inputColumns: Readonly<Record<string, (row: ServiceRow) => Cell>> = {
  Service: ({ service }) => service,
  Cluster: ({ cluster }) => cluster,
  Tasks: ({ tasks }) => tasks,
  Min: ({ tasksMin }) => tasksMin,
  Max: ({ tasksMax }) => tasksMax,
  "Load profile": ({ loadProfile }) => loadProfile,
  vCPU: ({ cpuUnits }) => digits(new Exact(cpuUnits).div(1024).toFixed()),
  "Memory MiB": ({ memoryMiB }) => memoryMiB,
  Architecture: ({ architecture }) => architecture,
  OS: ({ operatingSystem }) => operatingSystem,
  Region: ({ region }) => region,
  Hours: ({ hours }) => digits(hours),
  Options: ({ options }) => options.join(", "),
  Owner: ({ owner }) => owner,
  "Cost centre": ({ costCentre }) => costCentre,
  Interruptible: ({ interruptible }) => interruptible,
};
