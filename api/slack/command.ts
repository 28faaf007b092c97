/** What is asked with `/stowage`. */
export type Command =
  | { readonly verb: "help" }
  | { readonly verb: "list" }
  | { readonly verb: "compare"; readonly asked: Asked }
  /** Null: the recommended option. */
  | { readonly verb: "why"; readonly asked: Asked; readonly option: string | null }
  | { readonly verb: "diff"; readonly was: Asked; readonly is: Asked };

/** What is to be priced, and how. */
export interface Asked {
  readonly subject: SavedSubject | TaskSubject;
  /** Tasks of the size told, or how many times what is saved. */
  readonly times: number;
  readonly region: string | null;
  /** ISO day. */
  readonly asOf: string | null;
  readonly hours: number | null;
  readonly options: readonly string[];
  readonly interruptible: boolean;
}

export interface SavedSubject {
  readonly kind: "saved";
  readonly name: string;
  /** Null: the latest. */
  readonly version: number | null;
}

export interface TaskSubject {
  readonly kind: "task";
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly architecture: Architecture | null;
  readonly operatingSystem: OperatingSystem | null;
  /** Null: all the time. */
  readonly running: Running | null;
}

export type Architecture = "ARM64" | "X86_64";
export type OperatingSystem = "LINUX" | "WINDOWS_SERVER_2022_CORE";

export interface Running {
  readonly hours: number;
  readonly per: "day" | "weekday" | "month";
}

/** The command as it is best typed. */
export function commandText(command: Command): string {
  const words = () => {
    switch (command.verb) {
      case "help":
      case "list":
        return command.verb;
      case "compare":
        return askedText(command.asked);
      case "why":
        return ["why", askedText(command.asked), ...(command.option === null ? [] : [command.option])].join(" ");
      case "diff":
        return `diff ${askedText(command.was)} vs ${askedText(command.is)}`;
    }
  };
  return `/stowage ${words()}`;
}

export function askedText({ subject, times, region, asOf, hours, options, interruptible }: Asked): string {
  const isSaved = subject.kind === "saved";
  return [
    isSaved ? savedText(subject) : `${times}x ${taskText(subject)}`,
    ...(isSaved && times !== 1 ? [`x${times}`] : []),
    ...(interruptible ? ["interruptible"] : []),
    ...(region === null ? [] : [`in ${region}`]),
    ...(asOf === null ? [] : [`as of ${asOf}`]),
    ...(hours === null ? [] : [`for ${hours}h`]),
    ...(options.length === 0 ? [] : [options.join(", ")]),
  ].join(" ");
}

function savedText({ name, version }: SavedSubject): string {
  const quoted = meansElse.test(name) ? `"${name}"` : name;
  return version === null ? quoted : `${quoted}@${version}`;
}

/** Names that would be taken for something else unless they are quoted. */
const meansElse =
  /^(?:[vx]?\d.*|help|list|ls|workloads|why|explain|diff|difference|compare|vs|versus|with|and|to|or|arm.*|x86.*|windows|linux|ec2.*|fargate.*|ecs-.*|eks-.*|mixed|as-configured)$/;

function taskText({ cpuUnits, memoryMiB, architecture, operatingSystem, running }: TaskSubject): string {
  return [
    ...[cpuText(cpuUnits), memoryText(memoryMiB)],
    ...(architecture === null ? [] : [architecture === "ARM64" ? "arm" : "x86"]),
    ...(operatingSystem === "WINDOWS_SERVER_2022_CORE" ? ["windows"] : []),
    ...(running === null ? [] : [runningText(running)]),
  ].join(" ");
}

export function cpuText(units: number): string {
  return `${units / 1024}vcpu`;
}

export function memoryText(mib: number): string {
  return mib % 1024 === 0 ? `${mib / 1024}gb` : `${mib}mb`;
}

export function runningText({ hours, per }: Running): string {
  return per === "weekday" ? `${hours}h on weekdays` : `${hours}h/${per}`;
}
