import { Decimal } from "decimal.js";
import type { CellFailure } from "./table.ts";

/** A value, or why there is none. */
export type Reading<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & CellFailure);

export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

export function refused(code: string, message: string): Reading<never> {
  return { ok: false, code, message };
}

/** How people of a place write numbers. */
export interface NumberStyle {
  readonly locale: string;
  /** Matches a number written so, thousands grouped or not. */
  readonly pattern: RegExp;
  readonly decimal: string;
  /** 1234.5, as an example. */
  readonly example: string;
}

/** Of the cells that a workbook keeps as numbers: they mean the same everywhere. */
export const storedStyle: NumberStyle = { locale: "en", pattern: /^-?\d+(\.\d+)?$/, decimal: ".", example: "1234.5" };

/** Null: nobody says how numbers are written in such a locale (BCP 47). */
export function numberStyle(locale: string): NumberStyle | null {
  let format: Intl.NumberFormat;
  try {
    if (Intl.NumberFormat.supportedLocalesOf([locale]).length === 0) return null;
    format = new Intl.NumberFormat(locale, { numberingSystem: "latn", useGrouping: "always" });
  } catch {
    return null;
  }
  const parts = format.formatToParts(12_345_678.9);
  const decimal = parts.find(({ type }) => type === "decimal")?.value ?? ".";
  const group = parts.find(({ type }) => type === "group")?.value ?? "";
  // Of India: 1,23,45,678.
  const upper = parts.filter(({ type }) => type === "integer")[1]?.value.length === 2 ? "1,2" : "1,3";
  const inner = upper === "1,2" ? "2" : "3";
  const separator = separatorLike(group);
  const grouped = group === "" ? "" : `|\\d{${upper}}(?:${separator}\\d{${inner}})*${separator}\\d{3}`;
  const fraction = decimal.replace(/[.\\]/g, "\\$&");
  const pattern = new RegExp(`^[+-]?(?:\\d+${grouped})?(?:${fraction}\\d*)?$`, "u");
  return { locale, pattern, decimal, example: format.format(1234.5) };
}

/** Whoever has no narrow no-break space or typographer's apostrophe on the keyboard takes its plain kin. */
function separatorLike(group: string): string {
  if (/^\s$/u.test(group)) return "\\s";
  if (/^['’]$/u.test(group)) return "['’]";
  return `[${group}]`;
}

/** Without a style, text that could be two numbers (`1,5`, `1.024`) is refused: a price would be wrong a thousand times. */
export function readNumber(written: string, style: NumberStyle | null): Reading<Decimal> {
  const text = written.normalize("NFKC").trim().replace(/^[−–]/u, "-");
  if (text.length > lengthMax || !/\d/.test(text)) return notNumber;
  return style === null ? readPlain(text) : readStyled(text, style);
}

const lengthMax = 40;

function readStyled(text: string, { pattern, decimal, locale, example }: NumberStyle): Reading<Decimal> {
  if (!pattern.test(text)) {
    const message = `that is no number as locale ${locale} writes them. Write numbers like ${example}, or declare another locale`;
    return refused(/^[+-]?[\d.,\s'’]+$/u.test(text) ? "not_a_number_of_the_locale" : "not_a_number", message);
  }
  const digits = [...text].filter((letter) => /[\d+-]/.test(letter) || letter === decimal).join("");
  return read(new Decimal(digits.replace(decimal, ".")));
}

function readPlain(text: string): Reading<Decimal> {
  if (/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text)) return ambiguous;
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return read(new Decimal(text));
  if (/^[+-]?[1-9]\d{0,2}([,\s'’]\d{3})(\1|[,\s'’]\d{3})*(\.\d+)?$/u.test(text) && separatorsOf(text).size === 1) {
    return read(new Decimal(text.replace(/[,\s'’]/gu, "")));
  }
  if (/^[+-]?[\d.,\s'’]+$/u.test(text)) return ambiguous;
  if (/^[+-]?[\d.,]+e[+-]?\d+$/i.test(text)) return scientific;
  return notNumber;
}

function separatorsOf(text: string): Set<string> {
  return new Set([...text].filter((letter) => /[,\s'’]/u.test(letter)));
}

const ambiguous = refused(
  "ambiguous_number",
  "whether that has a decimal comma or grouped thousands cannot be told. Say how the list writes numbers (?locale=de: 1.024,5; ?locale=en: 1,024.5)",
);

const scientific = refused(
  "scientific_notation",
  "a spreadsheet has shortened it and digits may be lost. Format the column as a plain number and save the list again",
);

const notNumber = refused("not_a_number", "that is no number");

/**
 * A number as a workbook keeps it: a double. Of its digits the first 15 count, as in Excel itself ("Excel specifications and limits"),
 * so that 0.1 + 0.2 of a formula is 0.3.
 */
export function storedNumber(text: string): string | null {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return null;
  return new Decimal(value.toPrecision(15)).toFixed();
}
