import { amountOf, type UsageInput } from "../core/model/add-on.ts";
import { add, decimalFraction, divide, type Fraction, fraction, multiply } from "../core/model/fraction.ts";
import type { Context } from "../core/model/launch-type.ts";
import { limitOf } from "../core/model/limits.ts";
import type { Service } from "../core/model/workload.ts";
import { requestKB, responseKB } from "./traffic.ts";

export const requestsPerConnection: UsageInput = {
  name: "requestsPerConnection",
  of: "service",
  unit: "requests on a connection, at least 1",
  max: 1_000_000,
  default: 1,
  text: "Every request is taken to open a connection of its own (usage.services.NAME.requestsPerConnection). Effect: against 10 requests on each.",
  against: 10,
};

export const connectionSeconds: UsageInput = {
  name: "connectionSeconds",
  of: "service",
  unit: "seconds that a connection lasts",
  max: 1_000_000,
  default: 60,
  text: "A connection is taken to last for 60 seconds, a load balancer's idle timeout unless changed (usage.services.NAME.connectionSeconds). Effect: against 1 second.",
  against: 1,
};

const secondsPerHour = 3600;
/** KB of 1,000 bytes in a GB of a capacity unit: 300 KB a second are 1.08 GB an hour in the pricing page's example. */
const kbPerGb = 1_000_000;

export const kbOf = (service: Service, context: Context): Fraction =>
  add(decimalFraction(amountOf(context, requestKB, service)), decimalFraction(amountOf(context, responseKB, service)));

/**
 * Capacity unit-seconds of one request by new connections, active connections and bytes. Limits: what one unit holds of each, under
 * `elb/application` or `elb/network/tcp`.
 */
export function connectionsAndBytes(service: Service, limits: string, context: Context): Fraction[] {
  const limit = (name: string) => decimalFraction(limitOf(context.book, `${limits}/${name}`));
  const requests = decimalFraction(Math.max(1, amountOf(context, requestsPerConnection, service)));
  const seconds = decimalFraction(amountOf(context, connectionSeconds, service));
  const connection = divide(fraction(1), requests);
  return [
    divide(connection, limit("new-connections-per-second")),
    divide(multiply(connection, seconds), limit("active-connections")),
    divide(multiply(kbOf(service, context), fraction(secondsPerHour, kbPerGb)), limit("gb-per-hour")),
  ];
}
