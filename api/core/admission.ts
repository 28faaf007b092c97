import type { Admission, Context, LaunchType } from "./model/launch-type.ts";
import type { PriceBook } from "./model/price-book.ts";
import type { Settings } from "./model/settings.ts";
import type { Service } from "./model/workload.ts";

type ByLaunchType = Map<string, Admission>;
const remembered = new WeakMap<PriceBook, WeakMap<Settings, WeakMap<Service, ByLaunchType>>>();

/** What a launch type says of a service; asked once, since a search for the best mix asks again and again. */
export function admissionOf(launchType: LaunchType, service: Service, context: Context): Admission {
  const forBook = remembered.get(context.book) ?? new WeakMap<Settings, WeakMap<Service, ByLaunchType>>();
  remembered.set(context.book, forBook);
  const forSettings = forBook.get(context.settings) ?? new WeakMap<Service, ByLaunchType>();
  forBook.set(context.settings, forSettings);
  const forService = forSettings.get(service) ?? new Map<string, Admission>();
  forSettings.set(service, forService);
  const admission = forService.get(launchType.id) ?? launchType.admit(service, context);
  forService.set(launchType.id, admission);
  return admission;
}
