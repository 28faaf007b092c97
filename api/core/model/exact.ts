import { Decimal } from "decimal.js";

/**
 * Decimal arithmetic wide enough for every division in rating: 60 significant digits, half-even.
 * Every amount and unit price is made with this constructor, since decimal.js rounds to its own constructor's precision.
 */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -40, toExpPos: 60 });
