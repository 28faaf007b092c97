import { and, asc, eq, isNull, lte } from "drizzle-orm";
import type { InstanceType } from "../api/core/model/price-book.ts";
import type { Cite } from "./citations.ts";
import type { Database } from "./database.ts";
import { packedRows, type RowOf } from "./packed-rows.ts";
import { instanceType, registeredMemory } from "./schema.ts";

/**
 * Instance types as known at the snapshot with this number. Types of which the sources do not say the size or the architecture, or
 * which run neither x86-64 nor ARM Linux, are left out: nothing could be placed on them.
 */
export async function readInstanceTypes(
  database: Database,
  where: { readonly snapshotNumber: number; readonly cite: Cite },
): Promise<InstanceType[]> {
  const registered = await readRegisteredMemory(database, where.snapshotNumber);
  const packed = packedRows(columns);
  const selected = await database
    .select(packed.selection)
    .from(instanceType)
    .where(lte(instanceType.snapshot, where.snapshotNumber));
  const rows = packed.rows(selected).sort((a, b) => a.snapshot - b.snapshot || (a.name < b.name ? -1 : 1));
  const newest = new Map(rows.map((row) => [row.name, row]));
  return [...newest.values()].flatMap((row) => {
    const { vcpus, memoryMiB, architecture } = row;
    if (vcpus === null || memoryMiB === null || (architecture !== "x86_64" && architecture !== "arm64")) return [];
    const size = { vcpus, memoryMiB, architecture } as const;
    return [
      toInstanceType(row, { ...size, registeredMemoryMiB: registered.get(row.name) ?? null, source: where.cite(row) }),
    ];
  });
}

const columns = {
  snapshot: instanceType.snapshot,
  name: instanceType.name,
  vcpus: instanceType.vcpus,
  memoryMiB: instanceType.memoryMiB,
  architecture: instanceType.architecture,
  currentGeneration: instanceType.currentGeneration,
  burstable: instanceType.burstable,
  bareMetal: instanceType.bareMetal,
  hypervisor: instanceType.hypervisor,
  manufacturer: instanceType.manufacturer,
  gpus: instanceType.gpus,
  instanceStoreGB: instanceType.instanceStoreGB,
  networkInterfaces: instanceType.networkInterfaces,
  ipv4PerInterface: instanceType.ipv4PerInterface,
  branchInterfaces: instanceType.branchInterfaces,
  interfaceTasks: instanceType.interfaceTasks,
  interfaceTasksTrunking: instanceType.interfaceTasksTrunking,
  source: instanceType.source,
};

type InstanceTypeRow = RowOf<typeof columns>;

/** MiB by type; lower bounds and superseded observations are not read. */
async function readRegisteredMemory(database: Database, snapshotNumber: number): Promise<Map<string, number>> {
  const rows = await database
    .select()
    .from(registeredMemory)
    .where(
      and(
        lte(registeredMemory.snapshot, snapshotNumber),
        eq(registeredMemory.bound, "exact"),
        isNull(registeredMemory.status),
      ),
    )
    .orderBy(asc(registeredMemory.snapshot));
  return new Map(rows.map((row) => [row.instanceType, row.registeredMiB]));
}

type Known = Pick<InstanceType, "vcpus" | "memoryMiB" | "architecture" | "registeredMemoryMiB" | "source">;

function toInstanceType(row: InstanceTypeRow, known: Known): InstanceType {
  return {
    name: row.name,
    ...known,
    gpus: row.gpus ?? 0,
    instanceStoreGB: row.instanceStoreGB === null ? null : Number(row.instanceStoreGB),
    burstable: row.burstable ?? false,
    bareMetal: row.bareMetal ?? false,
    currentGeneration: row.currentGeneration ?? false,
    hypervisor: row.hypervisor,
    manufacturer: row.manufacturer,
    networkInterfaces: row.networkInterfaces,
    ipv4PerInterface: row.ipv4PerInterface,
    branchInterfaces: row.branchInterfaces,
    interfaceTasks: row.interfaceTasks,
    interfaceTasksTrunking: row.interfaceTasksTrunking,
  };
}
