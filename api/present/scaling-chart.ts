import plot from "simple-ascii-chart";
import { quantity } from "./amount.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { wrapped } from "./layout.ts";

type Profile = NonNullable<OptionDocument["scaling"]>["services"][number]["profile"];

/** Most over mean, of stretches of one length. */
interface Lines {
  readonly stepSeconds: number;
  readonly max: readonly number[];
  readonly mean: readonly number[];
}

const chartColumns = 68;
/** Two charts and their titles on one screen of 24 lines. */
const chartRows = 7;

/** The tasks of an option's services over the period, drawn for a terminal of 80 columns. */
export function scalingChart(document: ComparisonDocument): string {
  const option = chosen(document);
  if (option?.scaling == null) return "No service scales: load and scaling under services say how.\n";
  const { services, capacityProviders } = option.scaling;
  const names = services.map(({ service }) => service);
  const types = [...new Set(capacityProviders.flatMap(({ instanceTypes }) => instanceTypes))];
  const instances = summed(capacityProviders.map(({ profile }) => profile));
  return [
    ...drawn(`${option.id}: tasks of ${briefly(names)}`, summed(services.map(({ profile }) => profile)), document),
    ...(types.length === 0 ? [] : ["", ...drawn(`instances (${briefly(types)})`, instances, document)]),
    "",
  ].join("\n");
}

function briefly(names: readonly string[]): string {
  const [first, second, ...more] = names;
  return more.length > 0 ? `${first}, ${second} and ${more.length} more` : names.join(", ");
}

function summed(profiles: readonly Profile[]): Lines {
  const [first] = profiles;
  const columns = first?.max ?? [];
  return {
    stepSeconds: first?.stepSeconds ?? 0,
    max: columns.map((_, at) => profiles.reduce((sum, { max }) => sum + (max[at] ?? 0), 0)),
    mean: columns.map((_, at) => profiles.reduce((sum, { mean }) => sum + Number(mean[at] ?? 0), 0)),
  };
}

/** What is recommended, else the first that scales. */
function chosen({ options, recommended }: ComparisonDocument): OptionDocument | undefined {
  const scaled = options.filter(({ scaling }) => scaling !== null);
  return scaled.find(({ id }) => id === recommended?.option) ?? scaled[0];
}

function drawn(title: string, { stepSeconds, max, mean }: Lines, { hours }: ComparisonDocument): string[] {
  const points = (values: readonly number[]) => values.map((value, at): [number, number] => [at, value]);
  const chart = plot([points(max), points(mean)], {
    width: chartColumns,
    height: chartRows,
    hideXAxis: true,
    formatter: (value) => Math.round(value * 10) / 10,
  });
  const lines = chart.split("\n").filter((line) => line.trim() !== "");
  const left = lines.reduce((most, line) => Math.max(most, line.indexOf("┤")), 0);
  const end = `${quantity(hours)} h`;
  return [
    ...wrapped(`${title}; above the most, below the mean of each ${named(stepSeconds)}`, "  ", ""),
    ...lines.map((line) => line.trimEnd()),
    `${" ".repeat(left)}0 h${" ".repeat(Math.max(1, chartColumns - 3 - end.length))}${end}`,
  ];
}

function named(stepSeconds: number): string {
  const units = [
    [604_800, "week"],
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
  ] as const;
  const [seconds, unit] = units.find(([length]) => stepSeconds % length === 0) ?? [1, "second"];
  const count = stepSeconds / seconds;
  return count === 1 ? unit : `${count} ${unit}s`;
}
