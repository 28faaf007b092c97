import { table } from "./layout.ts";
import { bullets, code, link, notified, paragraph, type SlackBody } from "./slack-blocks.ts";

/** A sentence or two. */
export function noticeMessage(bold: string, rest = ""): SlackBody {
  return { text: notified(rest === "" ? bold : `${bold} ${rest}`), blocks: [paragraph(bold, rest)] };
}

/** Where something can be had. */
export function linkMessage(
  bold: string,
  { rest, text, url }: { readonly rest: string; readonly text: string; readonly url: string },
): SlackBody {
  return { text: notified(`${bold} ${rest}`), blocks: [paragraph(bold, rest), link(text, url)] };
}

const examples: readonly (readonly [command: string, what: string])[] = [
  ["/stowage checkout", "what a saved workload costs now"],
  ["/stowage checkout x2 in eu-west-1", "twice as much of it, elsewhere"],
  ["/stowage checkout as of 2026-09-01", "at the prices of that day"],
  ["/stowage checkout fargate, ec2", "on these options only"],
  ["/stowage 6x 0.5vcpu 1gb arm 12h/day", "tasks told by their size"],
  ["/stowage diff checkout@3 vs checkout", "what changed, and why"],
  ["/stowage why checkout ec2", "why an option costs what it costs"],
  ["/stowage list", "saved workloads of this channel"],
];

export function helpMessage(): SlackBody {
  const bold = "What will it cost on ECS, and where should it run?";
  return {
    text: notified(bold),
    blocks: [
      paragraph(bold, "Parts can come in any order; only you see the answer until you press Share."),
      ...code(examples.map(([command, what]) => `${command}\n    ${what}`)),
    ],
  };
}

export interface Unclear {
  readonly understood: readonly string[];
  readonly slips: readonly { readonly text: string; readonly why: string }[];
  readonly nearest: string;
}

/** What was understood, what was not, and a command that would be. */
export function misunderstoodMessage({ understood, slips, nearest }: Unclear): SlackBody {
  const told = slips.map(({ text, why }) => ({
    text: text === "" ? `${why.charAt(0).toUpperCase()}${why.slice(1)}.` : `“${text}” ${why}.`,
  }));
  const known = understood.length === 0 ? "" : `Understood: ${understood.join(", ")}. Not understood:`;
  return {
    text: notified("Not all of that was understood."),
    blocks: [
      paragraph("Not all of that was understood.", known),
      ...bullets(told, { most: 5, more: "" }),
      paragraph("Nearest to it:"),
      ...code([nearest]),
    ],
  };
}

/** Why there is no answer, and the ways out. */
export function problemsMessage(
  bold: string,
  problems: readonly { readonly path: string; readonly message: string }[],
): SlackBody {
  const items = problems.map(({ path, message }) => ({ text: path === "" ? message : `${path}: ${message}` }));
  return { text: notified(bold), blocks: [paragraph(bold), ...bullets(items, { most: 4, more: "" })] };
}

export interface Listed {
  readonly name: string;
  readonly version: number;
  /** ISO. */
  readonly storedAt: string;
}

/** Saved workloads by their names, in aligned lines. */
export function listMessage(workloads: readonly Listed[], url: string): SlackBody {
  if (workloads.length === 0) {
    return noticeMessage(
      "This channel sees no saved workload.",
      "Whoever runs this server says which it sees; tasks can be priced by their size: /stowage 6x 0.5vcpu 1gb",
    );
  }
  const bold = `${workloads.length} saved workload${workloads.length === 1 ? "" : "s"}`;
  const rows = workloads.map(({ name, version, storedAt }) => [name, `@${version}`, storedAt.slice(0, 10)]);
  const shown = code(table([["name", "version", "saved on"], ...rows]), 41);
  return {
    text: notified(bold),
    blocks: [paragraph(bold), ...shown, ...(shown.length === 1 ? [] : [link("All of them (with an API key)", url)])],
  };
}
