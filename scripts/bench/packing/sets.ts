import type { Effort, PackingHost, PackingItem, PackingProblem } from "../../../api/core/model/packing.ts";
import type { HostType } from "../../../api/core/model/placement.ts";
import { random } from "../seeded.ts";

/** What more than CPU and memory the tasks of a set want. */
export const variants = ["plain", "eni", "ports", "gpu", "zones"] as const;
export type Variant = (typeof variants)[number];

/** Tasks as clusters have them, made up from a seed. */
export interface TaskSet {
  /** Kinds of tasks, all different. */
  readonly shapes: number;
  /** Of all shapes together; at least one of each. */
  readonly tasks: number;
  readonly variant: Variant;
  readonly seed: number;
}

interface Shape {
  readonly amounts: Readonly<Record<string, number>>;
  /** A static host port. */
  readonly port: string | null;
  readonly weight: number;
}

const zones = 3;
const resourcesOf: Readonly<Record<Variant, readonly string[]>> = {
  plain: ["cpu", "memory"],
  eni: ["cpu", "memory", "network-interface"],
  ports: ["cpu", "memory"],
  gpu: ["cpu", "memory", "gpu"],
  zones: ["cpu", "memory"],
};

/**
 * The set as problems, one for each zone that it is spread over, on host types of one architecture: x86 where the seed is even, else ARM.
 */
export function problemsOf(set: TaskSet, hostTypes: readonly HostType[], effort: Effort): PackingProblem[] {
  const shapes = shapesOf(set);
  const counts = countsOf(shapes, set.tasks);
  const contested = contestedPorts(shapes);
  const hosts = typesFor(set, hostTypes).map((type): PackingHost => {
    const amounts = resourcesOf[set.variant].map((name) => type.capacity[name] ?? 0);
    const cost = Math.floor(type.costPerHour.times(1e9).toNumber());
    return { capacity: [...amounts, ...contested.map(() => 1)], cost, countMax: null };
  });
  const items = shapes.map((shape, at): PackingItem => {
    const amounts = resourcesOf[set.variant].map((name) => shape.amounts[name] ?? 0);
    const ports = contested.map((port) => (shape.port === port ? 1 : 0));
    const perHostMax = shape.port !== null && !contested.includes(shape.port) ? 1 : null;
    return { amounts: [...amounts, ...ports], count: counts[at] ?? 0, perHostMax, hosts: null };
  });
  if (set.variant !== "zones") return [{ items, hosts, effort }];
  return Array.from({ length: zones }, (_, zone) => ({ items: inZone(items, zone), hosts, effort }));
}

/** The types that the set may run on, in the order of its problems' hosts. Of ARM with four GPUs there are none. */
export function typesFor({ seed, variant }: TaskSet, hostTypes: readonly HostType[]): HostType[] {
  const kind = seed % 2 === 0 || variant === "gpu" ? "x86_64" : "arm64";
  return hostTypes.filter((type) => type.kind === kind && !type.estimated);
}

/** Even shares; the tasks that do not divide evenly start at another zone for each item. */
function inZone(items: readonly PackingItem[], zone: number): PackingItem[] {
  return items.flatMap((item, at) => {
    const odd = (zone + at) % zones < item.count % zones ? 1 : 0;
    const count = Math.floor(item.count / zones) + odd;
    return count > 0 ? [{ ...item, count }] : [];
  });
}

/** Ports that tasks of several shapes want: these are dimensions of their own, others only keep tasks of one shape apart. */
function contestedPorts(shapes: readonly Shape[]): string[] {
  const ports = shapes.flatMap((shape) => shape.port ?? []);
  return [...new Set(ports.filter((port, at) => ports.indexOf(port) !== at))].sort();
}

function shapesOf(set: TaskSet): Shape[] {
  const next = random(1 + set.seed * 7919 + set.shapes);
  const shapes = new Map<string, Shape>();
  for (let warm = 0; warm < 10; warm++) next();
  while (shapes.size < set.shapes) {
    const [cpu, memory] = next() < 0.7 ? fargateSize(next) : oddSize(next);
    const gpu = set.variant === "gpu" && next() < 0.2 ? 2 ** Math.floor(next() * 3) : 0;
    const port = set.variant === "ports" && next() < 0.2 ? `tcp/${8080 + Math.floor(next() * 4)}` : null;
    // Few services have most of the tasks; a task with a port of its own is one per instance, so that there are never many.
    const weight = (port === null ? 1 : 0.02) / (next() + 0.02);
    const amounts = { cpu, memory, gpu, "network-interface": 1 };
    shapes.set([cpu, memory, gpu, port].join(), { amounts, port, weight });
  }
  return [...shapes.values()];
}

/** CPU units, and the MiB that go with them: from, to, in steps of (the sizes of Fargate). */
const fargateSizes: readonly (readonly [cpu: number, from: number, to: number, step: number])[] = [
  [256, 512, 2048, 512],
  [512, 1024, 4096, 1024],
  [1024, 2048, 8192, 1024],
  [2048, 4096, 16384, 1024],
  [4096, 8192, 30720, 1024],
  [8192, 16384, 61440, 4096],
];

/** Small ones more often than large ones. */
function fargateSize(next: () => number): [cpu: number, memory: number] {
  const [cpu, from, to, step] = fargateSizes[Math.floor(next() * next() * fargateSizes.length)] ?? [256, 512, 512, 1];
  return [cpu, from + step * Math.floor(next() * next() * ((to - from) / step + 1))];
}

/** What EC2 allows besides: any CPU units, any MiB. */
function oddSize(next: () => number): [cpu: number, memory: number] {
  const cpu = Math.round(64 * 2 ** (next() * 6));
  return [cpu, Math.max(64, Math.round(cpu * 2 ** (next() * 4 - 1)))];
}

/** One of each, and the rest by weight, largest remainders first. */
function countsOf(shapes: readonly Shape[], tasks: number): number[] {
  if (tasks < shapes.length) throw new Error(`${tasks} tasks are too few for ${shapes.length} shapes`);
  const total = shapes.reduce((sum, shape) => sum + shape.weight, 0);
  const shares = shapes.map((shape) => 1 + ((tasks - shapes.length) * shape.weight) / total);
  const counts = shares.map(Math.floor);
  const remainder = (at: number) => (shares[at] ?? 0) - (counts[at] ?? 0);
  const order = shapes.map((_, at) => at).sort((a, b) => remainder(b) - remainder(a));
  const short = tasks - counts.reduce((sum, count) => sum + count, 0);
  for (const at of order.slice(0, short)) counts[at] = (counts[at] ?? 0) + 1;
  return counts;
}
