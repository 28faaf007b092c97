import { nearest } from "../core/model/field.ts";
import { shortened } from "./list-problem.ts";
import { type Reading, read, refused } from "./numbers.ts";

/** Small letters and digits only: `X86_64` and `x86-64` are the same. */
function compact(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

const architectures = new Map<string, "X86_64" | "ARM64">([
  ...["x86", "x8664", "amd64", "amd", "intel", "x64", "x86amd64"].map((word) => [word, "X86_64"] as const),
  ...["arm", "arm64", "graviton", "aarch64", "awsgraviton"].map((word) => [word, "ARM64"] as const),
]);

export function readArchitecture(text: string): Reading<"X86_64" | "ARM64"> {
  const architecture = architectures.get(compact(text).replace(/(graviton)\d$/, "$1"));
  if (architecture !== undefined) return read(architecture);
  return refused("unknown_architecture", "ECS has no such architecture. Write X86_64 or ARM64");
}

/**
 * Windows without a version is the Core of 2022: all versions that ECS runs are priced alike. Full is said, or the only one there is:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#runtime-platform
 */
export function readOperatingSystem(text: string): Reading<string> {
  const word = compact(text);
  if (/^(amazon)?linux(20\d\d)?$/.test(word)) return read("LINUX");
  const family = text.trim().toUpperCase();
  if (/^WINDOWS_SERVER_[A-Z0-9_]+$/.test(family)) return read(family);
  const windows = /^win(?:dows)?(?:server)?(2016|2019|2022|2025)?(core|full)?$/.exec(word);
  if (windows === null)
    return refused(
      "unknown_operating_system",
      "ECS has no such operating system. Write LINUX or a Windows such as WINDOWS_SERVER_2022_CORE",
    );
  const [, year = "2022", edition = year === "2016" ? "full" : "core"] = windows;
  return read(`WINDOWS_SERVER_${year}_${edition.toUpperCase()}`);
}

const answers = new Map<string, boolean>([
  ...["yes", "y", "true", "1", "x", "ja", "j", "wahr", "✓", "✔", "on"].map((word) => [word, true] as const),
  ...["no", "n", "false", "0", "nein", "falsch", "off"].map((word) => [word, false] as const),
]);

export function readYesOrNo(text: string): Reading<boolean> {
  const answer = answers.get(text.normalize("NFKC").trim().toLowerCase());
  return answer === undefined ? refused("not_yes_or_no", "it is neither yes nor no. Write one of them") : read(answer);
}

export function readRegion(text: string, regions: readonly string[]): Reading<string> {
  const name = text.trim().toLowerCase();
  if (regions.includes(name)) return read(name);
  const zoneOf = name.slice(0, -1);
  if (/[a-z]$/.test(name) && regions.includes(zoneOf)) {
    return refused("availability_zone", `that is an availability zone, and prices are of regions. Write ${zoneOf}`);
  }
  return refused("unknown_region", `there are no prices of such a region. ${wayOut(name, regions, "Regions")}`);
}

export function readLoadProfile(text: string, profiles: readonly string[]): Reading<string> {
  const name = text.trim();
  const found = profiles.find((profile) => profile === name) ?? like(name, profiles);
  if (found !== undefined) return read(found);
  const message = profiles.length === 0 ? "no load profile is stored. Store it first, or leave the cell empty" : null;
  return refused(
    "unknown_load_profile",
    message ?? `no such load profile is stored. ${wayOut(name, profiles, "Stored")}`,
  );
}

/** Several by commas, semicolons, bars or blanks; blanks within a name do no harm. */
export function readOptions(text: string, options: readonly string[]): Reading<readonly string[]> {
  const chosen: string[] = [];
  for (const part of text.split(/[,;|\n]/).map((each) => each.trim())) {
    const words = part.split(/\s+/u).filter((word) => word !== "");
    while (words.length > 0) {
      const found = longestAtStart(words, options);
      if (found === null) {
        const name = like(part, options) === undefined ? (words[0] ?? part) : part;
        return refused(
          "unknown_option",
          `there is no option "${shortened(name)}". ${wayOut(part, options, "Options")}`,
        );
      }
      if (!chosen.includes(found.option)) chosen.push(found.option);
      words.splice(0, found.words);
    }
  }
  return read(chosen);
}

function longestAtStart(
  words: readonly string[],
  options: readonly string[],
): { option: string; words: number } | null {
  for (let count = Math.min(words.length, 4); count > 0; count--) {
    const option = like(words.slice(0, count).join(""), options);
    if (option !== undefined) return { option, words: count };
  }
  return null;
}

function like(name: string, known: readonly string[]): string | undefined {
  return compacted(known).get(compact(name));
}

/** For as long as the list of names is in use: every row asks for it. */
function compacted(known: readonly string[]): ReadonlyMap<string, string> {
  const names = compactedNames.get(known) ?? new Map(known.map((name) => [compact(name), name]));
  compactedNames.set(known, names);
  return names;
}

const compactedNames = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

function wayOut(name: string, known: readonly string[], plural: string): string {
  const meant = name.length > 64 ? null : nearest(name, known);
  if (meant !== null) return `Did you mean ${meant}?`;
  const some = known.slice(0, 12).join(", ");
  return `${plural} are ${some}${known.length > 12 ? " and others" : ""}`;
}

/** Anything people call things by, on one line. */
export function readText(text: string): Reading<string> {
  const name = text.trim();
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name)) {
    return refused("control_characters", "it has line breaks or other control characters. Write it on one line");
  }
  if (name.startsWith("=")) {
    return refused("formula_as_text", "that is a formula as text, which has no value. Write the value");
  }
  return read(name);
}
