import { parseArgs } from "node:util";
import { type Effort, efforts } from "../../../api/core/model/packing.ts";
import { type Variant, variants } from "./sets.ts";

export const help = `Usage: npm run --silent bench -- packing [options]

How fast tasks are packed onto the EC2 types of us-east-1, how near to the
proven least cost, and what others pay for the same tasks.

  --shapes LIST     kinds of tasks (8,20,40)
  --tasks LIST      tasks in all (2000,100000)
  --variant LIST    plain, eni, ports, gpu, zones (plain,eni,gpu)
  --seeds N         sets of each (5)
  --all             8,20,40,120 shapes, 60 to 100,000 tasks, all variants, 20 seeds
  --effort NAME     standard or prove (standard; with --mip prove)
  --mip             instead: 60 tasks against HiGHS (10 s) and, where installed,
                    CBC (10 s of its CPU time)
  --published FILE  instead: instances with known optima (test/cases/vector-packing.jsonl.gz)
  --json FILE       the figures as JSON too; - prints them instead of the table`;

export interface PackingWords {
  readonly shapes: readonly number[];
  readonly tasks: readonly number[];
  readonly variants: readonly Variant[];
  readonly seeds: number;
  readonly effort: Effort;
  readonly mip: boolean;
  readonly published: string | undefined;
  readonly json: string | undefined;
}

/** What the words ask for, or what is wrong with them. */
export function readPackingWords(
  words: readonly string[],
): PackingWords | { readonly help: true } | { readonly wrong: string } {
  try {
    const { values } = parseArgs({ args: [...words], options });
    if (values.help) return { help: true };
    const defaults = values.mip ? mipDefaults : values.all ? allDefaults : quickDefaults;
    const variant = values.variant?.split(",") ?? defaults.variants;
    const numbers = {
      shapes: values.shapes?.split(",").map(Number) ?? defaults.shapes,
      tasks: values.tasks?.split(",").map(Number) ?? defaults.tasks,
      seeds: Number(values.seeds ?? defaults.seeds),
    };
    const effort = efforts.find((name) => name === (values.effort ?? (values.mip ? "prove" : "standard")));
    if (effort === undefined) return { wrong: `--effort is one of ${efforts.join(", ")}` };
    const counts = [...numbers.shapes, ...numbers.tasks, numbers.seeds];
    if (!counts.every((count) => Number.isSafeInteger(count) && count > 0))
      return { wrong: "Counts are whole numbers above 0" };
    const wanted = variants.filter((name) => variant.includes(name));
    if (wanted.length < variant.length) return { wrong: `--variant is of ${variants.join(", ")}` };
    return { ...numbers, variants: wanted, effort, mip: values.mip, published: values.published, json: values.json };
  } catch (error) {
    // parseArgs names the word that it does not know.
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

const options = {
  shapes: { type: "string" },
  tasks: { type: "string" },
  variant: { type: "string" },
  seeds: { type: "string" },
  all: { type: "boolean", default: false },
  effort: { type: "string" },
  mip: { type: "boolean", default: false },
  published: { type: "string" },
  json: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

interface Selection {
  readonly shapes: readonly number[];
  readonly tasks: readonly number[];
  readonly variants: readonly string[];
  readonly seeds: number;
}

const quickDefaults: Selection = {
  shapes: [8, 20, 40],
  tasks: [2_000, 100_000],
  variants: ["plain", "eni", "gpu"],
  seeds: 5,
};
const allDefaults: Selection = {
  shapes: [8, 20, 40, 120],
  tasks: [60, 300, 2_000, 20_000, 100_000],
  variants,
  seeds: 20,
};
const mipDefaults: Selection = { shapes: [8, 20, 40], tasks: [60], variants: ["plain", "eni"], seeds: 2 };
