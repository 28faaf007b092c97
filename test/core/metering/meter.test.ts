import { describe, expect, test } from "vitest";
import { meter } from "../../../api/core/metering/meter.ts";
import type { AddOn } from "../../../api/core/model/add-on.ts";
import { unsetUsage } from "../../../api/core/model/add-on.ts";
import { fraction, one } from "../../../api/core/model/fraction.ts";
import type { InstanceBilledLaunchType, TaskBilledLaunchType } from "../../../api/core/model/launch-type.ts";
import type { InstanceLife } from "../../../api/core/model/placement.ts";
import { unsetSettings } from "../../../api/core/model/settings.ts";
import type { Usage } from "../../../api/core/model/usage.ts";
import { aBook } from "../sample-book.ts";
import { aService } from "../sample-workload.ts";

const context = { book: aBook([]), settings: unsetSettings, usage: unsetUsage };

describe("tasks that are billed by themselves", () => {
  const perTask = {
    billedBy: "task",
    meterTasks: (life) => [seconds(life.service, life.count)],
  } as Partial<TaskBilledLaunchType> as TaskBilledLaunchType;
  const metered = (...rows: [service: string, count: number, share: ReturnType<typeof fraction>][]) =>
    meter({
      launchType: perTask,
      addOns: [volume(8)],
      tasks: rows.map(([service, count, share]) => ({
        life: { service, count, startSeconds: 0, endSeconds: 1, times: 1 },
        task: { service: aService({ name: service }), demand: { resources: {}, exclusive: [], kinds: [] } },
        share,
      })),
      instances: [],
      context,
    });

  test("count by their expected share: 7.2 of 10 tasks are 36/5 seconds", () => {
    expect(metered(["web", 10, fraction(18, 25)]).map(({ quantity }) => quantity)).toEqual([fraction(36, 5)]);
  });

  test("add up where service, SKU and period are the same, and only there", () => {
    const rows = metered(["web", 2, one], ["api", 1, one], ["web", 3, one]);

    expect(rows.map(({ service, quantity }) => [service, quantity])).toEqual([
      ["web", fraction(5)],
      ["api", fraction(1)],
    ]);
  });

  test("of which there are none are no usage", () => {
    expect(metered(["web", 0, one])).toEqual([]);
  });
});

describe("instances", () => {
  const perInstance = {
    billedBy: "instance",
    meterInstances: (life) => [seconds(null, life.count * (life.endSeconds - life.startSeconds))],
  } as Partial<InstanceBilledLaunchType> as InstanceBilledLaunchType;

  test("are metered with everything that comes with them, alike rows added up", () => {
    const instances = [instance(2, 0, 100), instance(1, 0, 100), instance(1, 0, 50)];

    const rows = meter({ launchType: perInstance, addOns: [volume(8)], tasks: [], instances, context });

    expect(rows.map(({ sku, endSeconds, quantity }) => [sku, endSeconds, quantity])).toEqual([
      ["thing", 1, fraction(350)],
      ["volume", 100, fraction(24)],
      ["volume", 50, fraction(8)],
    ]);
  });
});

function seconds(service: string | null, amount: number): Usage {
  const shown = { sku: "thing", service, description: "a thing", startSeconds: 0, endSeconds: 1 };
  return { ...shown, quantity: fraction(amount), unit: "instance-second" };
}

function volume(amount: number): AddOn {
  const meterInstances = ({ count, endSeconds }: InstanceLife): Usage[] => [
    { ...seconds(null, amount * count), sku: "volume", endSeconds },
  ];
  return { id: "volume", label: "", reference: "", inputs: [], meterInstances, example: {} as AddOn["example"] };
}

function instance(count: number, startSeconds: number, endSeconds: number): InstanceLife {
  const life = { instanceType: "m9.large", count, startSeconds, endSeconds, tasks: [], used: {}, capacity: {} };
  return { ...life, binds: "cpu", zone: 0, spare: false, provider: null, purchaseOption: null, existing: false };
}
