import type { WriteSheet } from "hucre/xlsx";
import { Exact } from "../core/model/exact.ts";
import { headings, label, number, numberFormats, sheet, text, type WorkbookRow } from "./workbook-cells.ts";
import type { Quantities } from "./workbook-quantities.ts";

/** Where the priced period stands. */
export interface Period {
  readonly hours: string;
  /** `Summary!$B$4`. */
  readonly hoursCell: string;
}

/** What tasks ran; inputs where line items follow them. */
export function tasksSheet({ tasks }: Quantities, period: Period): WriteSheet {
  const rows = tasks.map(({ option, what, row, isFollowed }): WorkbookRow => {
    const { service, launchType, taskHours, resources } = what;
    const look = isFollowed ? "input" : "given";
    const count = new Exact(taskHours).div(period.hours).toDecimalPlaces(6);
    // Tasks that come and go are no round number on average.
    const isExact = count.times(period.hours).equals(taskHours);
    const inHours = { formula: `D${row}*${period.hoursCell}`, result: Number(taskHours) };
    return [
      ...[text(option), text(service), text(launchType)],
      isExact ? number(count.toFixed(), numberFormats.count, look) : text("varying", "given"),
      number(isExact ? inHours : taskHours, numberFormats.count, isExact ? "plain" : look),
      number(new Exact(resources.cpu ?? 0).div(1024).toFixed(), numberFormats.count, look),
      number(new Exact(resources.memory ?? 0).div(1024).toFixed(), numberFormats.count, look),
    ];
  });
  return sheet({
    name: "Tasks",
    widths: [18, 34, 18, 12, 14, 12, 12],
    rows: [headings("Option", "Service", "Launch type", "Tasks", "Task-hours", "vCPU each", "GB each"), ...rows],
    frozenRows: 1,
  });
}

/** The instances of every option; inputs where line items follow them. */
export function fleetSheet({ fleet }: Quantities, period: Period): WriteSheet {
  const rows = fleet.map(({ option, what, row, isFollowed }): WorkbookRow => {
    const look = isFollowed ? "input" : "given";
    const isWhole = new Exact(what.hours).equals(period.hours);
    const hours = isWhole ? { formula: period.hoursCell, result: Number(what.hours) } : what.hours;
    const result = new Exact(what.hours).times(what.count).toNumber();
    return [
      ...[text(option), text(what.instanceType)],
      number(`${what.count}`, numberFormats.count, look),
      number(hours, numberFormats.count, isWhole ? "plain" : look),
      number({ formula: `C${row}*D${row}`, result }, numberFormats.count),
      text(what.tasks.map(({ service, count }) => `${count} ${service}`).join(", ")),
      number(new Exact(what.capacity.cpu ?? 0).div(1024).toFixed(), numberFormats.count, "given"),
      number(`${what.capacity.memory ?? 0}`, numberFormats.count, "given"),
      text(what.binds, "given"),
      number(`${what.zones}`, numberFormats.count, "given"),
      text(what.capacityProvider, "given"),
      text([what.existing && "runs already", what.spare && "spare"].filter(Boolean).join(", "), "given"),
    ];
  });
  const names = ["Option", "Instance type", "Count", "Hours each", "Instance-hours", "Tasks on each", "vCPU each"];
  const none = [label("No option runs on instances that it counts.", "given")];
  return sheet({
    name: "Fleet",
    widths: [18, 18, 10, 12, 14, 50, 10, 14, 16, 8, 22, 18],
    rows: [
      headings(...names, "MiB registered", "Bound by", "Zones", "Capacity provider", "Note"),
      ...(rows.length === 0 ? [none] : rows),
    ],
    frozenRows: 1,
  });
}
