import { describe, expect, test } from "vitest";
import { deploymentRoom } from "../../../api/aws/ec2/deployment-room.ts";
import { type Settings, unsetSettings } from "../../../api/core/model/settings.ts";
import type { Service } from "../../../api/core/model/workload.ts";
import { aService } from "../../core/sample-workload.ts";

describe("extra tasks that must find room for a deployment", () => {
  test.each<[what: string, service: Partial<Service>, settings: Partial<Settings>, extra: number]>([
    ["one, where nothing is said", { tasks: 6 }, {}, 1],
    ["none, where asked for none", { tasks: 6 }, { deploymentRoom: "none" }, 0],
    ["6 more of 6 at 200 %", { tasks: 6 }, { deploymentRoom: "maximum-percent" }, 6],
    [
      "4 more of 9 at 150 %: floor of 13.5",
      { tasks: 9, maximumPercent: 150 },
      { deploymentRoom: "maximum-percent" },
      4,
    ],
    ["none at 100 %", { tasks: 6, maximumPercent: 100 }, {}, 0],
    ["none where an old task may stop first: 3 of 6 must stay", { tasks: 6, minimumHealthyPercent: 50 }, {}, 0],
    ["one where none may: ceil of 90 % of 6 is 6", { tasks: 6, minimumHealthyPercent: 90 }, {}, 1],
    ["one for a single task at 50 %: ceil of 0.5 is 1", { tasks: 1, minimumHealthyPercent: 50 }, {}, 1],
    ["none of one task at 150 %: floor of 1.5 is 1", { tasks: 1, maximumPercent: 150 }, {}, 0],
    ["none for a daemon", { tasks: 1, daemon: true }, {}, 0],
    ["none for runs", { tasks: 5, lifetime: { kind: "runs", seconds: 60, times: 1 } }, {}, 0],
    ["none for no tasks", { tasks: 0 }, { deploymentRoom: "maximum-percent" }, 0],
  ])("are %s", (_, service, settings, extra) => {
    expect(deploymentRoom(aService(service), { ...unsetSettings, ...settings })).toBe(extra);
  });
});
