import type { Problem, Result } from "../../api/core/model/problem.ts";
import type { Exchange } from "../../api/present/exchange.ts";
import { exchangeParameters, readExchange } from "../../api/routes/exchange-parameters.ts";

/** The exchange that `--currency EUR=0.92@2026-11-25` asks for; null: none. */
export function readExchangeFlag(flag: string | null, priced: string): Result<Exchange | null> {
  if (flag === null) return { ok: true, value: null };
  const [, currency = "", exchangeRate = "", exchangeRateDate = ""] = /^(.*)=(.*)@(.*)$/.exec(flag) ?? [];
  const texts = { currency, exchangeRate, exchangeRateDate };
  const read = Object.entries(exchangeParameters).map(([name, { read: readText, should }]) => {
    const value = readText(texts[name as keyof typeof texts]);
    const message = `--currency is written as in EUR=0.92@2026-11-25: ${name} must be ${should}.`;
    const problem: Problem | null = value === undefined ? { code: "unknown_value", path: "", message } : null;
    return { name, value, problem };
  });
  const problems = read.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) return { ok: false, problems };
  return readExchange(Object.fromEntries(read.map(({ name, value }) => [name, value])), priced);
}
