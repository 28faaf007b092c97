import { Exact } from "../core/model/exact.ts";

const symbols: Record<string, string> = { USD: "$", CNY: "¥", EUR: "€", GBP: "£" };

/** `$`, or where there is none that leaves no doubt, `CHF ` with its blank. */
export function symbolOf(currency: string): string {
  return symbols[currency] ?? `${currency} `;
}

/** `$1,234.50` from a decimal string; `-$3.10` below zero. All its digits are kept. */
export function money(amount: string, currency: string): string {
  const symbol = symbolOf(currency);
  return amount.startsWith("-") ? `-${symbol}${grouped(amount.slice(1))}` : `${symbol}${grouped(amount)}`;
}

/** `+$3.10`, `-$3.10`, `$0.00`. */
export function signedMoney(amount: string, currency: string): string {
  const isMore = !amount.startsWith("-") && !new Exact(amount).isZero();
  return `${isMore ? "+" : ""}${money(amount, currency)}`;
}

/** `2,920` or `1,234.567` from a decimal string, to at most six decimals. */
export function quantity(amount: string): string {
  return grouped(new Exact(amount).toDecimalPlaces(6).toFixed());
}

function grouped(amount: string): string {
  const [whole = "0", decimals] = amount.split(".");
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals === undefined ? thousands : `${thousands}.${decimals}`;
}
