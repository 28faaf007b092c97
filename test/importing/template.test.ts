import { readXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { columnNames } from "../../api/importing/columns.ts";
import { templateWorkbook } from "../../api/importing/template.ts";
import { good, readAll, workbookFormat } from "./lists.ts";

test("the template is a list of three services that can be imported as it is", async () => {
  const common = { cluster: "shop", region: "us-east-1", owner: "Team Shop", costCentre: "4711" };
  const unsaid = { tasksMin: null, tasksMax: null, loadProfile: null, operatingSystem: "LINUX" };
  expect(good(await readAll(await templateWorkbook(), workbookFormat))).toEqual([
    {
      ...{ ...common, ...unsaid, row: 2, service: "web", tasks: 4, cpuUnits: 512, memoryMiB: 1024 },
      ...{ architecture: "X86_64", hours: null, options: [], interruptible: false },
    },
    {
      ...{ ...common, ...unsaid, row: 3, service: "worker", tasks: 2, cpuUnits: 1024, memoryMiB: 2048 },
      ...{ architecture: "ARM64", hours: null, options: ["fargate", "fargate-spot"], interruptible: true },
    },
    {
      ...{ ...common, ...unsaid, row: 4, service: "reports", tasks: 1, cpuUnits: 2048, memoryMiB: 4096 },
      ...{ architecture: "X86_64", hours: "160", options: [], interruptible: false },
    },
  ]);
});

test("its header stays in sight, cells with a choice offer it, and a second sheet explains every column", async () => {
  const { sheets } = await readXlsx(await templateWorkbook());
  const [services, guide] = sheets;
  expect(services).toMatchObject({ name: "Services", freezePane: { rows: 1 } });
  expect(services?.rows[0]).toEqual(columnNames);
  expect(services?.dataValidations?.map(({ range }) => range)).toEqual(["I2:I5000", "J2:J5000", "P2:P5000"]);
  expect(guide?.name).toBe("How to fill it in");
  expect(guide?.rows.slice(1).map(([column]) => column)).toEqual(columnNames);
});

test("it is the same file on every download", async () => {
  expect(await templateWorkbook()).toEqual(await templateWorkbook());
});
