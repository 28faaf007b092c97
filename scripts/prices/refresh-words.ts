import { parseArgs } from "node:util";
import { maxRatioDefault } from "../../api/refreshing/refresh.ts";
import { isSourceName, type SourceName, sourceNames } from "../../api/refreshing/sources.ts";

export const refreshUsage = `Reads prices from AWS and writes what has changed as one new snapshot.

  npm run --silent prices -- refresh --region R[,R] | --all [options]

  --source S[,S]     api (default), bulk, ec2, savings-plans,
                     savings-plans-files, fargate-spot-file, and two undocumented
                     feeds: fargate-spot-feed, spot-advisor
  --file FILE        the CSV of fargate-spot-file
  --parts P[,P]      these parts of the sources only, such as AmazonECS
  --dry-run          compare, and write nothing
  --max-ratio N      how many times its old self a price may become, or fall to
                     what part of it (${maxRatioDefault})
  --all-or-nothing   one price that is kept back keeps back all
  --json             the report as JSON

api, ec2 and savings-plans use the AWS credentials that the SDK finds; bulk and
savings-plans-files need none. With bulk, AmazonEC2 (hundreds of megabytes for
each region) is read only where --parts names it.

A price that has vanished, jumped, changed its unit or currency or contradicts
another stays as it was, and is named on standard error; the rest is taken.
Exit code: 0 done, 1 something was kept back or could not be read, 2 bad words.`;

export interface RefreshWords {
  /** Null: all that are known. */
  readonly regions: readonly string[] | null;
  readonly sources: readonly SourceName[];
  readonly file: string | undefined;
  readonly parts: readonly string[] | undefined;
  readonly dryRun: boolean;
  readonly maxRatio: string | undefined;
  readonly allOrNothing: boolean;
  readonly json: boolean;
}

/** What the words ask for, or what is wrong with them. */
export function readRefreshWords(
  words: readonly string[],
): RefreshWords | { readonly help: true } | { readonly wrong: string } {
  try {
    const { values } = parseArgs({ args: [...words], options });
    if (values.help) return { help: true };
    const sources = list(values.source) ?? ["api"];
    const wrong = mistakeIn({ ...values, sources });
    if (wrong !== null) return { wrong };
    return {
      ...{ regions: values.all ? null : (list(values.region) ?? []), sources: sources.filter(isSourceName) },
      ...{ file: values.file, parts: list(values.parts), dryRun: values["dry-run"], maxRatio: values["max-ratio"] },
      ...{ allOrNothing: values["all-or-nothing"], json: values.json },
    };
  } catch (error) {
    // parseArgs names the word that it does not know.
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

const options = {
  region: { type: "string", multiple: true },
  all: { type: "boolean", default: false },
  source: { type: "string", multiple: true },
  file: { type: "string" },
  parts: { type: "string", multiple: true },
  "dry-run": { type: "boolean", default: false },
  "max-ratio": { type: "string" },
  "all-or-nothing": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

interface Said {
  readonly region?: readonly string[] | undefined;
  readonly all: boolean;
  readonly sources: readonly string[];
  readonly file?: string | undefined;
  readonly "max-ratio"?: string | undefined;
}

function mistakeIn({ region, all, sources, file, "max-ratio": ratio }: Said): string | null {
  if (all === (list(region) ?? []).length > 0) return "Say either --region R[,R] or --all.";
  const unknown = sources.find((name) => !isSourceName(name));
  if (unknown !== undefined) return `There is no source "${unknown}". Known: ${sourceNames.join(", ")}.`;
  if (sources.includes("fargate-spot-file") !== (file !== undefined)) {
    return "--source fargate-spot-file and --file FILE go together.";
  }
  const isRatio = ratio === undefined || (/^\d{1,6}(\.\d{1,6})?$/.test(ratio) && Number(ratio) >= 1);
  return isRatio ? null : "--max-ratio must be a number of at least 1, such as 3 or 1.5.";
}

/** Parted by commas, or said several times. */
function list(said: readonly string[] | undefined): readonly string[] | undefined {
  const items = said?.flatMap((words) => words.split(",")).map((word) => word.trim());
  return items === undefined ? undefined : [...new Set(items.filter((word) => word !== ""))];
}
