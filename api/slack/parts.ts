import { nearest } from "../core/model/field.ts";
import { amountReaders } from "./amount-readers.ts";
import { type Known, type Part, type Reader, reader } from "./part.ts";

/** The words of a command, each read by the first that knows what to make of it. */
export function partsOf(text: string, known: Known): Part[] {
  const readers = [
    ...quoted,
    ...optionReaders(known),
    ...fixedReaders,
    savedReader(known),
    ...regionReaders(known),
    lastReader,
  ];
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length) {
    const blank = /(?:[\s,;]|[.?!]+(?=\s|$))+/y;
    blank.lastIndex = at;
    if (blank.test(text)) at = blank.lastIndex;
    if (at >= text.length) break;
    const { part, end } = nextPart(text, at, readers);
    parts.push(part);
    at = end;
  }
  return parts;
}

function nextPart(text: string, at: number, readers: readonly Reader[]): { readonly part: Part; readonly end: number } {
  for (const { pattern, read } of readers) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const part = found === null || found[0] === "" ? null : read(found.groups ?? {}, found[0]);
    if (part !== null) return { part, end: pattern.lastIndex };
  }
  return { part: { is: "word", text: text.slice(at, at + 1) }, end: at + 1 };
}

const quoted: readonly Reader[] = [
  reader(`"(?<name>[^"]+)"|'(?<single>[^']+)'`, ({ name, single = "" }) => ({
    ...{ is: "name", name: (name ?? single).trim().toLowerCase() },
  })),
];

function optionReaders({ options }: Known): Reader[] {
  const longestFirst = [...options].sort((a, b) => b.length - a.length);
  return longestFirst.map((option) => reader(option.replaceAll("-", "[\\s_-]*"), () => ({ is: "option", option })));
}

const inRegion = "(?:(?:in|region|at)\\s*[=:]?\\s*|@\\s*)?(?:the\\s+)?";

function regionReaders({ regions }: Known): Reader[] {
  const codes = regions.map(({ code }) => code);
  const readers = regions.flatMap(({ code, location }) => {
    const [, city = ""] = /\((?:N\. )?([^)]+)\)/.exec(location) ?? [];
    const names = [
      `${code.replaceAll("-", "[\\s_-]?")}[a-f]?`,
      ...(city === "" ? [] : [`(?:N\\.?\\s*|North(?:ern)?\\s+)?${city.replaceAll(" ", "\\s")}`]),
    ];
    return names.map((name) => reader(`${inRegion}${name}`, () => ({ is: "region" as const, region: code })));
  });
  const other = reader("(?:in|region)\\s*[=:]?\\s+(?<region>[^\\s,;@]+)|@\\s*(?<at>[a-z][^\\s,;@]*)", (found, text) => {
    const region = found.region ?? found.at ?? "";
    if (found.at?.toLowerCase() === "latest") return { is: "version", version: null };
    if (/^v?\d+$/i.test(region)) return null;
    const meant = nearest(region, codes);
    const why = "is no region that prices are known for";
    return { is: "slip", text, why, meant: meant === null ? null : { is: "region", region: meant } };
  });
  return [...readers, other];
}

const fixedReaders: readonly Reader[] = [
  reader("@?\\s*(?:v|version|#)\\s*\\.?\\s*(?<version>\\d{1,9})|@\\s*(?<at>\\d{1,9})", ({ version, at }) => ({
    ...{ is: "version", version: Number(version ?? at) },
  })),
  reader("arm(?:[\\s_-]*64)?|aarch64|graviton\\d?", () => ({ is: "architecture", architecture: "ARM64" })),
  reader("x86(?:[\\s_-]*64)?|x64|amd64|intel", () => ({ is: "architecture", architecture: "X86_64" })),
  // After x86, which is no count.
  ...amountReaders(),
  reader("windows", () => ({ is: "system", system: "WINDOWS_SERVER_2022_CORE" })),
  reader("linux", () => ({ is: "system", system: "LINUX" })),
  reader("spot[\\s-]*(?:is\\s*)?(?:ok|okay|allowed|fine)|interrupt[ai]ble", () => ({ is: "interruptible" })),
  reader("vs\\.?|versus|against|<?->|→|compared\\s+(?:to|with)", () => ({ is: "between", isSure: true })),
  reader("with|and|to|or|&", () => ({ is: "between", isSure: false })),
  reader("why|explain", () => ({ is: "verb", verb: "why" })),
  reader("diff(?:erence)?", () => ({ is: "verb", verb: "diff" })),
  reader("compare", () => ({ is: "verb", verb: "compare" })),
  reader("list|ls|workloads", () => ({ is: "verb", verb: "list" })),
  reader("help|\\?", () => ({ is: "verb", verb: "help" })),
];

/** Words that say nothing here. */
const fillers =
  /^(?:a|an|the|of|for|in|on|at|is|are|does|do|what|how|much|please|price|prices|pricing|cost|costs|workload|task|tasks|each|run|running|would|if|from|today|now|region|only|me|show|between|all|saved|latest)$/i;

function savedReader({ workloads }: Known): Reader {
  const names = new Set(workloads);
  return reader("[^\\s,;@]+?", (_, text) => {
    const name = text.toLowerCase();
    return names.has(name) ? { is: "name", name } : null;
  });
}

const lastReader = reader("[^\\s,;@]+?", (_, text) => (fillers.test(text) ? { is: "filler" } : { is: "word", text }));
