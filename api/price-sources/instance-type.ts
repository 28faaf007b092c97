import type { InstanceTypeInfo } from "@aws-sdk/client-ec2";
import type { Refusal } from "./gather-rows.ts";
import type { InstanceTypeRow } from "./price-source.ts";

interface Seen {
  readonly region: string;
  readonly asOf: string;
  readonly source: string;
}

/** The type in the columns of `db/seed/instance-types.csv`, or why it is not taken: it lacks its name, size or architecture. */
export function readInstanceType(info: InstanceTypeInfo, seen: Seen): InstanceTypeRow | Refusal {
  const { InstanceType: name, CurrentGeneration, BurstablePerformanceSupported, BareMetal } = info;
  const vcpus = info.VCpuInfo?.DefaultVCpus;
  const memoryMiB = info.MemoryInfo?.SizeInMiB;
  // Older types run 32-bit images besides, which is no second architecture.
  const [architecture, ...more] = (info.ProcessorInfo?.SupportedArchitectures ?? []).filter((each) => each !== "i386");
  if (
    name === undefined ||
    vcpus === undefined ||
    memoryMiB === undefined ||
    architecture === undefined ||
    more.length > 0
  ) {
    return incomplete(info, seen);
  }
  if (CurrentGeneration === undefined || BurstablePerformanceSupported === undefined || BareMetal === undefined) {
    return incomplete(info, seen);
  }
  return {
    ...{ kind: "instance-type", ...seen, name, vcpus, memoryMiB, architecture },
    ...{ currentGeneration: CurrentGeneration, burstable: BurstablePerformanceSupported, bareMetal: BareMetal },
    ...processor(info),
    ...gpu(info),
    ...network(info),
    ...storage(info),
    usageClasses: joined((info.SupportedUsageClasses ?? []).toSorted(), "/"),
  };
}

function incomplete(info: InstanceTypeInfo, { region, source }: Seen): Refusal {
  const architectures = info.ProcessorInfo?.SupportedArchitectures?.join(", ") ?? "none";
  return {
    ...{ reason: "missing-field", name: info.InstanceType ?? "(no name)", sku: null, region, source },
    ...{ id: info.InstanceType ?? "(no name)" },
    message: `Its vCPUs, memory, generation or single architecture are not told (architectures: ${architectures}).`,
  };
}

function processor({ Hypervisor, ProcessorInfo, VCpuInfo }: InstanceTypeInfo) {
  return {
    hypervisor: Hypervisor ?? null,
    manufacturer: ProcessorInfo?.Manufacturer ?? null,
    clockGhz: decimal(ProcessorInfo?.SustainedClockSpeedInGhz),
    cores: VCpuInfo?.DefaultCores ?? null,
    threadsPerCore: VCpuInfo?.DefaultThreadsPerCore ?? null,
  };
}

function gpu(info: InstanceTypeInfo) {
  const gpus = info.GpuInfo?.Gpus ?? [];
  const others = [
    ...(info.InferenceAcceleratorInfo?.Accelerators ?? []),
    ...(info.FpgaInfo?.Fpgas ?? []),
    ...(info.MediaAcceleratorInfo?.Accelerators ?? []),
  ].map(({ Count, Manufacturer, Name }) => `${Count}x${Manufacturer} ${Name}`);
  return {
    gpus: gpus.reduce((sum, { Count }) => sum + (Count ?? 0), 0),
    gpuManufacturer: gpus[0]?.Manufacturer ?? null,
    gpuName: gpus[0]?.Name ?? null,
    gpuMemoryMiB: info.GpuInfo?.TotalGpuMemoryInMiB ?? null,
    accelerators: joined([...new Set(others)], ";"),
  };
}

function network({ NetworkInfo }: InstanceTypeInfo) {
  const cards = NetworkInfo?.NetworkCards ?? [];
  const main = cards.find(({ NetworkCardIndex }) => NetworkCardIndex === (NetworkInfo?.DefaultNetworkCardIndex ?? 0));
  return {
    networkInterfacesAllCards: total(cards.map((card) => card.MaximumNetworkInterfaces)),
    networkInterfaces: main?.MaximumNetworkInterfaces ?? null,
    ipv4PerInterface: NetworkInfo?.Ipv4AddressesPerInterface ?? null,
    networkPerformance: NetworkInfo?.NetworkPerformance ?? null,
    networkBaselineGbps: decimal(total(cards.map((card) => card.BaselineBandwidthInGbps))),
    networkPeakGbps: decimal(total(cards.map((card) => card.PeakBandwidthInGbps))),
  };
}

function storage({ InstanceStorageInfo, EbsInfo }: InstanceTypeInfo) {
  const disks = (InstanceStorageInfo?.Disks ?? []).map(({ Count, SizeInGB, Type }) => `${Count}x${SizeInGB}${Type}`);
  return {
    instanceStoreGB: decimal(InstanceStorageInfo?.TotalSizeInGB),
    instanceStoreDisks: joined(disks, ";"),
    ebsOptimized: EbsInfo?.EbsOptimizedSupport ?? null,
    ebsBaselineMbps: decimal(EbsInfo?.EbsOptimizedInfo?.BaselineBandwidthInMbps),
    ebsMaxMbps: decimal(EbsInfo?.EbsOptimizedInfo?.MaximumBandwidthInMbps),
    ebsMaxIops: EbsInfo?.EbsOptimizedInfo?.MaximumIops ?? null,
  };
}

/** Null where any card does not say, since the sum would be too small. */
function total(numbers: readonly (number | undefined)[]): number | null {
  if (numbers.length === 0 || numbers.includes(undefined)) return null;
  // Bandwidths have up to three decimals, and their binary sum more.
  return Math.round(numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0) * 1000) / 1000;
}

function decimal(number: number | null | undefined): string | null {
  return number === null || number === undefined ? null : String(number);
}

function joined(parts: readonly string[], by: string): string | null {
  return parts.length === 0 ? null : parts.join(by);
}
