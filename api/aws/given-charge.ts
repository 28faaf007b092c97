import type { Decimal } from "decimal.js";
import type { Charge } from "../core/model/charge.ts";
import { Exact } from "../core/model/exact.ts";
import type { PriceUnit } from "../core/model/price-book.ts";

const costDecimals = 12;

/** Quantity × a unit price that the user gives. `listQuantity`: at published prices, where the quantity is money. */
export function givenCharge(what: {
  readonly sku: string;
  readonly service: string | null;
  readonly description: string;
  readonly unit: PriceUnit;
  readonly quantity: Decimal;
  readonly listQuantity: Decimal;
  readonly unitPrice: Decimal;
}): Charge {
  const { sku, service, description, unit, quantity, listQuantity, unitPrice } = what;
  const costOf = (amount: Decimal) => amount.times(unitPrice).toDecimalPlaces(costDecimals, Exact.ROUND_HALF_EVEN);
  return {
    ...{
      service,
      launchType: null,
      sku,
      description,
      quantity,
      cost: costOf(quantity),
      listCost: costOf(listQuantity),
    },
    price: {
      ...{ sku, unit, unitPrice, tierFrom: new Exact(0), tierTo: null },
      ...{ source: "usage of the request", rateCode: null, effectiveDate: "as given", effectiveFrom: null },
      ...{ estimated: false, flag: null },
    },
  };
}
