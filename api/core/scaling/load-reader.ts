import type { Load } from "../model/load.ts";
import type { Period } from "../model/workload.ts";
import { type ShapeReader, shapeReader } from "./shape-reader.ts";

const secondsPerHour = 3600;
const hoursPerMonth = 730;

/** The loads of one service, read slot by slot in order of time. What is read stays the same in every slot that starts before `until`. */
export class LoadReader {
  requestsPerSecond = 0;
  cpuUnits = 0;
  memoryMiB = 0;
  /** Some load has a gap here: the three are NaN. */
  missing = false;
  until = 0;
  readonly #parts: readonly { readonly load: Load; readonly reader: ShapeReader }[];

  constructor(loads: readonly Load[], when: { period: Period; slotSeconds: number; seed: number }) {
    this.#parts = loads.map((load) => ({ load, reader: shapeReader(load.shape, when) }));
  }

  /** The slot that starts at `t`; says whether anything changed. */
  read(t: number): boolean {
    let requestsPerSecond = 0;
    let cpuUnits = 0;
    let memoryMiB = 0;
    let until = Number.POSITIVE_INFINITY;
    for (const { load, reader } of this.#parts) {
      if (t >= reader.until) reader.read(t);
      let { value } = reader;
      if (reader.until < until) until = reader.until;
      if (load.growthPerMonth !== 0) {
        const hour = Math.floor(t / secondsPerHour);
        value *= (1 + load.growthPerMonth) ** (hour / hoursPerMonth);
        until = Math.min(until, (hour + 1) * secondsPerHour);
      }
      requestsPerSecond += value * load.requestsPerSecond;
      cpuUnits += value * load.cpuUnits;
      memoryMiB += value * load.memoryMiB;
    }
    this.until = until;
    const changed = !(
      requestsPerSecond === this.requestsPerSecond &&
      cpuUnits === this.cpuUnits &&
      memoryMiB === this.memoryMiB
    );
    const stillMissing = this.missing && Number.isNaN(requestsPerSecond);
    this.requestsPerSecond = requestsPerSecond;
    this.cpuUnits = cpuUnits;
    this.memoryMiB = memoryMiB;
    this.missing = Number.isNaN(requestsPerSecond);
    return changed && !stillMissing;
  }
}
