import { containerPrices } from "./containers.ts";
import { instancePrices } from "./instances.ts";
import { networkPrices } from "./network.ts";
import { operationsPrices } from "./operations.ts";
import { storagePrices } from "./storage.ts";
import type { WantedPrice } from "./wanted-price.ts";

/** All that is read from AWS's price lists. To read one price more, add one entry to one of these files. */
export const wantedPrices: readonly WantedPrice[] = [
  ...containerPrices,
  ...instancePrices,
  ...storagePrices,
  ...networkPrices,
  ...operationsPrices,
];

/** The service codes, each once. */
export const services: readonly string[] = [...new Set(wantedPrices.map((wanted) => wanted.service))];

/** The service's entries. */
export const wantedByService: ReadonlyMap<string, readonly WantedPrice[]> = new Map(
  services.map((service) => [service, wantedPrices.filter((wanted) => wanted.service === service)]),
);
