import { Exact } from "../core/model/exact.ts";
import { cpuUnitsOf } from "../core/model/placement.ts";
import { money, quantity } from "./amount.ts";
import type { OptionDocument } from "./json.ts";
import { wrapped } from "./layout.ts";

const cpuUnitsPerVcpu = 1024;

/** The instances of an option, how near they are to the cheapest there can be, and what makes ECS run them. */
export function fleetText(option: OptionDocument, currency: string): string[] {
  if (option.fleet === null) return [];
  return ["  fleet", ...fleetSentences(option, currency).flatMap((one) => wrapped(one, "      ", "    "))];
}

/** The same, one after another; none where no instances are run. */
export function fleetSentences(option: OptionDocument, currency: string): string[] {
  if (option.fleet === null) return [];
  return [...option.fleet.map(row), ...existing(option, currency), ...bound(option, currency), ...realisation(option)];
}

type FleetRow = NonNullable<OptionDocument["fleet"]>[number];

function row(of: FleetRow): string {
  const { memory = 0, millicpu } = of.capacity;
  const known = millicpu === undefined ? "registered" : "allocatable";
  const size = `${quantity(`${cpuUnitsOf(of.capacity) / cpuUnitsPerVcpu}`)} vCPU, ${quantity(`${memory}`)} MiB ${known}`;
  const tasks = of.tasks.map((task) => `${task.count} ${task.service}`).join(", ") || "nothing";
  const share = of.binds === null ? null : percent(of.used[of.binds] ?? 0, of.capacity[of.binds] ?? 0);
  const risk = of.interruption === null ? "" : `; interruptions ${of.interruption.band}`;
  const binds = of.spare ? "kept free" : `${share} of its ${of.binds === "millicpu" ? "cpu" : of.binds} used`;
  const provider = of.capacityProvider === null ? "" : ` of ${of.capacityProvider}`;
  const there = of.existing ? "; runs already" : "";
  const count = comesAndGoes(of) ? `up to ${of.count}` : `${of.count}`;
  const content = comesAndGoes(of) ? `each there for ${hoursOf(of)} h on average` : `each with ${tasks}`;
  return `${count} × ${of.instanceType}${provider} (${size}), ${content}; ${binds}${there}${risk}`;
}

/** To a tenth. */
export function hoursOf({ hours }: Pick<FleetRow, "hours">): string {
  return quantity(new Exact(hours).toDecimalPlaces(1).toFixed());
}

/** Instances that come and go with the tasks: as many as there were at most, with what was on them by turns. */
export function comesAndGoes({ tasks, spare, existing }: Pick<FleetRow, "tasks" | "spare" | "existing">): boolean {
  return tasks.length === 0 && !spare && !existing;
}

function existing({ existing: there, total }: OptionDocument, currency: string): string[] {
  if (there === null || total === null) return [];
  const whole = new Exact(total).plus(there.cost).toFixed(2);
  return [
    `${there.instances} instances run already for ${money(there.cost, currency)}; with them the cluster costs ${money(whole, currency)}.`,
  ];
}

/** `At most 0.42 % above the cheapest possible`: the total against what no fleet is below. */
function bound({ packing, id }: OptionDocument, currency: string): string[] {
  if (packing === null) return [];
  const least = money(new Exact(packing.lowerBound).toFixed(2, Exact.ROUND_DOWN), currency);
  const gap = new Exact(packing.gap).toFixed(2, Exact.ROUND_UP);
  const proof = packing.proven
    ? `Proven: no fleet of any types costs less than ${least}.`
    : `No fleet of any types costs less than ${least}: this one is at most ${gap} % above it.`;
  const mix = id === "ec2-mixed";
  const worth = mix ? resourcesWorth(packing.resourcePrices, currency) : "";
  const simple =
    mix && packing.simplest !== null
      ? ` Simplest near it: ${packing.simplest.instanceTypes.join(", ")} alone for ${money(packing.simplest.total, currency)}.`
      : "";
  return [`${proof}${worth}${simple}`];
}

const resources: readonly (readonly [name: string, label: string, units: number])[] = [
  ["cpu", "vCPU", cpuUnitsPerVcpu],
  ["memory", "GiB", 1024],
  ["network-interface", "network interface", 1],
  ["gpu", "GPU", 1],
  ["local-disk", "GiB of local disk", 1],
];

function resourcesWorth(prices: Readonly<Record<string, string>>, currency: string): string {
  const worth = resources.flatMap(([name, label, units]) => {
    const price = new Exact(prices[name] ?? 0).times(units);
    return price.isZero() ? [] : [`${label} is worth ${money(price.toDecimalPlaces(5).toFixed(), currency)}`];
  });
  return worth.length === 0 ? "" : ` For an hour, one more ${worth.join(", one more ")}.`;
}

function realisation({ realisation: how }: OptionDocument): string[] {
  if (how === null) return [];
  const providers = how.capacityProviders.map(
    ({ name, instanceType, count }) => `${name} (${count} × ${instanceType})`,
  );
  const text = `To run it: the capacity providers ${providers.join(", ")}, and for each service a strategy over them (realisation in the JSON answer).`;
  return [text, ...how.obstacles];
}

function percent(used: number, capacity: number): string {
  const share = new Exact(used).times(100).div(capacity || 1);
  return `${share.toDecimalPlaces(0)}%`;
}
