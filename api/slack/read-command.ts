import { nearest } from "../core/model/field.ts";
import { type AskedIn, askedIn } from "./asked-in.ts";
import { type Asked, type Command, commandText } from "./command.ts";
import type { Known, Part } from "./part.ts";
import { partsOf } from "./parts.ts";
import { typedText } from "./typed-text.ts";

/** What of a command could be read, what could not, and the nearest that can. */
export interface Misunderstood {
  /** In words, one for each thing. */
  readonly understood: readonly string[];
  readonly slips: readonly { readonly text: string; readonly why: string }[];
  /** To be sent as it is. */
  readonly nearest: string;
}

export type Read =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly misunderstood: Misunderstood };

/** Nobody types more. */
const lettersMost = 2000;

/** The text behind `/stowage`, in any order and spelling that leaves no doubt. */
export function readCommand(text: string, known: Known): Read {
  const typed = typedText(text.slice(0, lettersMost));
  if (/^\??$/.test(typed)) return { ok: true, command: { verb: "help" } };
  const parts = partsOf(typed, known);
  const [first, ...rest] = parts;
  if (first?.is === "verb" && (first.verb === "help" || first.verb === "list")) return plain(first.verb, rest, known);
  const verbs = parts.flatMap((part) => (part.is === "verb" ? [part.verb] : []));
  const said = parts.filter((part) => part.is !== "verb" || part.verb === "help" || part.verb === "list");
  const between = separation(said, verbs.includes("diff") || verbs.includes("compare"));
  if (between !== null || verbs.includes("diff")) return difference(said, between, known);
  return single(said, verbs.includes("why"), known);
}

function plain(verb: "help" | "list", rest: readonly Part[], known: Known): Read {
  const slips = rest.flatMap((part) => ("text" in part ? [part.text] : []));
  if (verb === "help" || slips.length === 0) return { ok: true, command: { verb } };
  const meant = nearest(slips.join(" "), known.workloads);
  const command: Command = meant === null ? { verb } : { verb: "compare", asked: askedFor(meant) };
  const told = slips.map((text) => ({ text, why: "says nothing about a list" }));
  return misunderstood(["the list of saved workloads"], told, commandText(command));
}

/** Where the one side ends and the other begins; null: there is one side. */
function separation(parts: readonly Part[], isTwo: boolean): number | null {
  const sure = parts.findIndex((part) => part.is === "between" && part.isSure);
  if (sure >= 0) return sure;
  if (!isTwo) return null;
  const isSubject = ({ is }: Part) => is === "name" || is === "cpu" || is === "word" || is === "version";
  const at = parts.findIndex(
    (part, position) =>
      part.is === "between" && parts.slice(0, position).some(isSubject) && parts.slice(position + 1).some(isSubject),
  );
  return at < 0 ? null : at;
}

function single(parts: readonly Part[], isWhy: boolean, known: Known): Read {
  const side = askedIn(parts, known);
  const [option = null, ...others] = side.asked.options;
  const commandOf = (asked: Asked): Command =>
    isWhy ? { verb: "why", asked: { ...asked, options: [] }, option } : { verb: "compare", asked };
  const besides = isWhy
    ? others.map((text) => ({ text, why: "is another option, and one is explained at a time" }))
    : [];
  const slips = [...side.slips, ...besides];
  if (slips.length === 0) return { ok: true, command: commandOf(side.asked) };
  const understood = [...(isWhy ? ["why"] : []), ...side.understood];
  return misunderstood(understood, slips, formOf(commandOf(side.asked), [side]));
}

function difference(parts: readonly Part[], between: number | null, known: Known): Read {
  const before = parts.slice(0, between ?? parts.length);
  const after = between === null ? [] : parts.slice(between + 1);
  const was = askedIn(before, known);
  const isNamed = after.some(({ is }) => is === "name" || is === "cpu" || is === "memory" || is === "word");
  // `checkout@3 vs 4`, `checkout in us-east-1 vs in eu-west-1`: of the same.
  const { subject } = was.asked;
  const same: Part[] = !isNamed && subject.kind === "saved" ? [{ is: "name", name: subject.name }] : [];
  const isWhole = between !== null && after.length > 0;
  if (!isWhole) {
    const other = { text: "", why: "a difference needs a second one to set beside the first, after vs" };
    const command = inOrder(was.asked, { ...was.asked, subject: another(was.asked) });
    return misunderstood(["a difference", ...was.understood], [...was.slips, other], formOf(command, [was]));
  }
  const is = askedIn([...same, ...after], known);
  const command = inOrder(was.asked, is.asked);
  const slips = [...was.slips, ...is.slips];
  if (slips.length === 0) return { ok: true, command };
  return misunderstood(["a difference", ...was.understood, ...is.understood], slips, formOf(command, [was, is]));
}

/** Where no workload is near to what is named, the list of those there are. */
function formOf(command: Command, sides: readonly AskedIn[]): string {
  return commandText(sides.some(({ isOfNone }) => isOfNone) ? { verb: "list" } : command);
}

/** Of two versions of the same the older first: what became of it is asked. */
function inOrder(was: Asked, is: Asked): Command {
  const [a, b] = [was.subject, is.subject];
  const isSame = a.kind === "saved" && b.kind === "saved" && a.name === b.name;
  const isNewer = isSame && b.version !== null && (a.version === null || a.version > b.version);
  return isNewer ? { verb: "diff", was: is, is: was } : { verb: "diff", was, is };
}

/** The version before, or the latest. */
function another({ subject }: Asked): Asked["subject"] {
  if (subject.kind === "task") return subject;
  return { ...subject, version: subject.version === null ? 1 : null };
}

function askedFor(name: string): Asked {
  const subject = { kind: "saved", name, version: null } as const;
  return { subject, times: 1, region: null, asOf: null, hours: null, options: [], interruptible: false };
}

function misunderstood(
  understood: readonly string[],
  slips: Misunderstood["slips"],
  form: string,
): Extract<Read, { ok: false }> {
  return { ok: false, misunderstood: { understood, slips, nearest: form } };
}
