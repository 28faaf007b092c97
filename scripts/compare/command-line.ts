import { parseArgs } from "node:util";
import type { Sides } from "../../api/core/model/difference.ts";

export const usage = `Compares what ECS task definitions cost on Fargate, Fargate Spot and EC2.

  npm run --silent compare -- [FILE...] [options]   (no FILE, or -: standard input)
  npm run --silent compare -- --diff ID ID [--json]

FILE holds task definitions and services as AWS prints or takes them (JSON, an
array, or JSON Lines), Kubernetes manifests (YAML or JSON), or a whole request
of POST /v1/comparisons.

  --workload NAME    a saved workload (PUT /v1/workloads/NAME) in place of FILE
  --region REGION    where to price; needed unless the ARNs in the files agree
  --hours HOURS      the priced period (730)
  --options A,B      as-configured, fargate, fargate-spot, ec2, ec2-mixed,
                     ec2-spot, ec2-reserved, ec2-savings-plan, mixed,
                     ecs-managed-instances, ecs-anywhere, eks-fargate, eks-ec2,
                     eks-auto
  --currency EUR=RATE@DATE
                     amounts shown in EUR, at so many EUR for one USD that day
  --json             the answer as JSON, as priced
  --fleet            the instances drawn: used, not used, and what that costs
  --chart            tasks and instances over the period, drawn
  --diff ID ID       what changed in money from one comparison to another made
                     before, and why; an answer says its id
  --help             this text

Exit code: 0 answered, 2 bad input (every problem on standard error).`;

export interface CommandLine {
  readonly files: readonly string[];
  /** Name of a saved one, which stands in place of files. */
  readonly workload: string | null;
  /** As it was written, for what is shown; null: as priced. */
  readonly currency: string | null;
  readonly json: boolean;
  readonly fleet: boolean;
  readonly chart: boolean;
  /** Ids of two comparisons, to be set side by side; null: there are files to compare. */
  readonly diff: Sides<string> | null;
  /** Fields of the request that the command line sets, over those of the files. */
  readonly request: Readonly<Record<string, unknown>>;
}

/** What the words ask for, or what is wrong with them. */
export function readCommandLine(
  words: readonly string[],
): CommandLine | { readonly help: true } | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        workload: { type: "string" },
        region: { type: "string" },
        hours: { type: "string" },
        options: { type: "string" },
        currency: { type: "string" },
        json: { type: "boolean", default: false },
        fleet: { type: "boolean", default: false },
        chart: { type: "boolean", default: false },
        diff: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { help: true };
    if (values.workload !== undefined && positionals.length > 0) {
      return { wrong: "--workload stands in place of files: leave one of them out." };
    }
    const options = values.options?.split(",").map((option) => option.trim());
    const request = { region: values.region, hours: values.hours, options };
    const said = Object.entries(request).filter(([, value]) => value !== undefined);
    const { json, fleet, chart } = values;
    const [was, is, ...more] = positionals;
    const isPair = was !== undefined && is !== undefined && more.length === 0;
    if (values.diff && !isPair) return { wrong: `--diff takes the ids of two comparisons, not ${positionals.length}.` };
    const diff = values.diff && isPair ? { was, is } : null;
    const { workload = null, currency = null } = values;
    if (currency !== null && (json || values.diff)) return { wrong: "--currency is for what is shown as text." };
    return { files: positionals, workload, currency, json, fleet, chart, diff, request: Object.fromEntries(said) };
  } catch (error) {
    // parseArgs names the word that it does not know.
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}
