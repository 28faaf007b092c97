import { nearest } from "../core/model/field.ts";
import { type Asked, cpuText, memoryText, runningText, type TaskSubject } from "./command.ts";
import type { Known, Part, Slip } from "./part.ts";

/** What the parts of a command ask to have priced. */
export interface AskedIn {
  /** With what is likely meant in the place of slips. */
  readonly asked: Asked;
  /** A saved workload is named that is none, nor near to one. */
  readonly isOfNone: boolean;
  /** In words. */
  readonly understood: readonly string[];
  readonly slips: readonly { readonly text: string; readonly why: string }[];
}

type Meant = Exclude<Part, Slip | { readonly is: "word" | "filler" | "verb" | "between" }>;

/** Parts in any order. */
export function askedIn(parts: readonly Part[], known: Known): AskedIn {
  const named = withNames(parts, known);
  const slips: { text: string; why: string }[] = [];
  const meant: Meant[] = [];
  const read: Meant[] = [];
  for (const part of named) {
    if (part.is === "filler" || part.is === "verb" || part.is === "between" || part.is === "word") continue;
    if (part.is !== "slip") {
      const twice = meant.find((other) => isOther(other, part));
      if (twice === undefined) read.push(part);
      else slips.push({ text: inWords(part), why: `comes beside ${inWords(twice)}, and only one of them can be` });
    } else slips.push({ text: part.text, why: part.why });
    const taken = part.is === "slip" ? part.meant : part;
    if (taken !== null && isMeant(taken) && !meant.some((other) => isOther(other, taken))) meant.push(taken);
  }
  const put = together(meant, known);
  const isOfNone = put.slips.length > 0 && named.some((part) => part.is === "slip" && part.why === unknownWhy);
  const all = isOfNone ? slips : [...slips, ...put.slips];
  const understood = [...new Set(read.map(inWords))].filter((words) => all.every(({ text }) => text !== words));
  return { asked: put.asked, isOfNone, understood, slips: all };
}

function isMeant(part: Part): part is Meant {
  return !["slip", "word", "filler", "verb", "between"].includes(part.is);
}

/** Of the same kind, where only one of a kind can be. */
function isOther(one: Meant, other: Meant): boolean {
  return one.is === other.is && one.is !== "option" && JSON.stringify(one) !== JSON.stringify(other);
}

/** Words that nothing is known of, with what they are likely meant to be: a workload, where none is named, or another word. */
function withNames(parts: readonly Part[], known: Known): Part[] {
  const isNamed = parts.some(({ is }) => is === "name" || is === "cpu" || is === "memory");
  const words = parts.filter((part) => part.is === "word");
  const likely = words.find(({ text }) => nearest(text, known.workloads) !== null);
  const subject = isNamed ? undefined : (likely ?? words.find(({ text }) => other(text, known) === null));
  return parts.map((part): Part => {
    if (part.is === "name" && !known.workloads.includes(part.name)) return unknownName(part.name, known);
    if (part.is !== "word") return part;
    if (part === subject) return unknownName(part.text, known);
    if (/^\d{1,9}$/.test(part.text)) return bareNumber(part.text, parts);
    return { is: "slip", text: part.text, why: "says nothing to me", meant: other(part.text, known) };
  });
}

function unknownName(text: string, { workloads }: Known): Slip {
  const meant = nearest(text, workloads);
  return { is: "slip", text, why: unknownWhy, meant: meant === null ? null : { is: "name", name: meant } };
}

const unknownWhy = "is no saved workload that this channel sees";

function bareNumber(text: string, parts: readonly Part[]): Slip {
  const number = Number(text);
  const isOfTasks = parts.some(({ is }) => is === "cpu" || is === "memory");
  if (isOfTasks)
    return { is: "slip", text, why: `can be how many tasks (${text}x)`, meant: { is: "times", times: number || 1 } };
  const why = `can be a version (@${text}) or how many times (x${text})`;
  return { is: "slip", text, why, meant: { is: "version", version: number } };
}

function other(text: string, { options, regions }: Known): Part | null {
  const option = nearest(text, options);
  if (option !== null) return { is: "option", option };
  const region = nearest(
    text,
    regions.map(({ code }) => code),
  );
  if (region !== null) return { is: "region", region };
  return nearest(text, ["interruptible"]) === null ? null : { is: "interruptible" };
}

/** One thing to price of all that is meant. */
function together(meant: readonly Meant[], { workloads }: Known): Pick<AskedIn, "asked" | "slips"> {
  const of = <Is extends Meant["is"]>(is: Is) =>
    meant.find((part): part is Extract<Meant, { readonly is: Is }> => part.is === is);
  const common = {
    times: of("times")?.times ?? 1,
    region: of("region")?.region ?? null,
    asOf: of("day")?.day ?? null,
    hours: of("hours")?.hours ?? null,
    options: [...new Set(meant.flatMap((part) => (part.is === "option" ? [part.option] : [])))],
    interruptible: of("interruptible") !== undefined,
  };
  const name = of("name");
  const version = of("version");
  const sizes = meant.filter(({ is }) => ["cpu", "memory", "architecture", "system", "running"].includes(is));
  if (name !== undefined || sizes.length === 0) {
    const saved = name?.name ?? workloads[0] ?? "checkout";
    const subject = { kind: "saved", name: saved, version: version?.version ?? null } as const;
    const why = `is for tasks told by their size: ${saved} is a saved workload and says that itself`;
    const slips = name === undefined ? [nothingToPrice] : sizes.map((part) => ({ text: inWords(part), why }));
    return { asked: { subject, ...common }, slips };
  }
  const [cpu, memory] = [of("cpu")?.cpuUnits, of("memory")?.memoryMiB];
  const missing = [...(cpu === undefined ? ["CPU"] : []), ...(memory === undefined ? ["memory"] : [])];
  const lacking = { text: "", why: `the task's ${missing.join(" and its ")} is missing` };
  const other = version && {
    text: inWords(version),
    why: "is of saved workloads, and tasks told by their size are none",
  };
  const subject: TaskSubject = {
    kind: "task",
    ...wholeSize(cpu, memory),
    architecture: of("architecture")?.architecture ?? null,
    operatingSystem: of("system")?.system ?? null,
    running: of("running")?.running ?? null,
  };
  return {
    asked: { subject, ...common },
    slips: [...(missing.length > 0 ? [lacking] : []), ...(other ? [other] : [])],
  };
}

const nothingToPrice = {
  text: "",
  why: "there is nothing to price: name a saved workload, or a task's CPU and memory",
};

/** Where one half is missing, 2 GB a vCPU: for the form to copy alone. */
function wholeSize(cpu: number | undefined, memory: number | undefined) {
  const cpuUnits = cpu ?? Math.ceil((memory ?? 1024) / 2);
  return { cpuUnits, memoryMiB: memory ?? cpuUnits * 2 };
}

/** `region eu-west-1`, `12h/day`. */
function inWords(part: Meant): string {
  switch (part.is) {
    case "name":
      return `workload ${part.name}`;
    case "version":
      return part.version === null ? "the latest version" : `version ${part.version}`;
    case "times":
      return `${part.times} times`;
    case "cpu":
      return cpuText(part.cpuUnits);
    case "memory":
      return memoryText(part.memoryMiB);
    case "architecture":
      return part.architecture === "ARM64" ? "ARM" : "x86";
    case "system":
      return part.system === "LINUX" ? "Linux" : "Windows";
    case "running":
      return runningText(part.running);
    case "interruptible":
      return "interruptible";
    case "region":
      return `region ${part.region}`;
    case "day":
      return `prices as of ${part.day}`;
    case "hours":
      return `${part.hours} hours`;
    case "option":
      return `option ${part.option}`;
  }
}
