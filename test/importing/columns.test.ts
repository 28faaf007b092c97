import { expect, test } from "vitest";
import { columnNames, columnOf, columnWords, isResultHeader, resultHeaderStart } from "../../api/importing/columns.ts";
import { codesOf, csvFormat, problemsOf, readAll, servicesOf, utf8 } from "./lists.ts";

test("headers are known by their letters and digits, in any case", () => {
  const same = [
    "cost centre",
    "Cost Centre",
    "COST_CENTRE",
    "cost-center *",
    "\uFEFFCost\u00A0Center",
    "CC",
    "costcenter",
  ];
  for (const header of same) expect(columnOf(header)?.name, header).toBe("cost centre");
  const others = {
    ...{
      "Service Name": "service",
      App: "service",
      "ECS cluster": "cluster",
      "desired count": "tasks",
      Replicas: "tasks",
    },
    ...{
      minimum: "min tasks",
      "Max capacity": "max tasks",
      "hours/month": "hours",
      Team: "owner",
      "Spot OK": "interruptible",
    },
    ...{ "CPU Architecture": "architecture", "Operating System": "OS", Location: "region", "Launch types": "options" },
    ...{ Kostenstelle: "cost centre", Speicher: "memory" },
  };
  for (const [header, name] of Object.entries(others)) expect(columnOf(header)?.name, header).toBe(name);
  for (const header of ["Notes", "CPU %", "Memory utilisation", "", "Stowage: cost centre"]) {
    expect(columnOf(header), header).toBeNull();
  }
});

test("a unit in the header is that of numbers without one", () => {
  const units = {
    ...{ "memory (GB)": "GB", "Mem [GiB]": "GB", "RAM in MiB": "MiB", memory_mb: "MiB", memory: null },
    ...{ "CPU units": "CPU units", "cpu (units)": "CPU units", vCPU: "vCPU", cpu: "cpu", "CPU (m)": "millicores" },
  };
  for (const [header, unit] of Object.entries(units)) expect(columnOf(header)?.unit, header).toBe(unit);
});

test("no header means two columns, and the template's headers mean their own", () => {
  const headers = columnNames.flatMap((name) => [
    ...columnWords[name].headers,
    ...Object.keys(columnWords[name].units ?? {}),
  ]);
  expect(headers.filter((header, at) => headers.indexOf(header) !== at)).toEqual([]);
  for (const name of columnNames) expect(columnOf(name)?.name).toBe(name);
});

test("further columns do no harm, results of an earlier import neither", async () => {
  const list =
    "service,Notes,vCPU,memory,region,Stowage: monthly cost,Stowage: cost centre,\na,b,1,2 GB,us-east-1,12.34,x,\n";
  expect(await servicesOf(list)).toMatchObject([{ service: "a", costCentre: null }]);
  expect(isResultHeader(`${resultHeaderStart}Total`)).toBe(true);
  expect(isResultHeader(" stowage: Total ")).toBe(true);
  expect(isResultHeader("Stowage")).toBe(false);
});

test("a column that is missing is told with the headers that nobody knows, a misspelt one with what was meant", async () => {
  const [problem] = problemsOf(await readAll(utf8("service,vCPU,Größe,region\na,1,2 GB,us-east-1"), csvFormat));
  expect(problem).toMatchObject({ code: "missing_column", path: "1:1", row: 1, column: null });
  expect(problem?.message).toBe(
    'The list has no column "memory". Stowage knows nothing of "Größe". Add a column with the header "memory".',
  );
  expect(await codesOf("service,vCPU,Memroy,region\n")).toEqual(["C1 misspelt_column"]);
  expect(await codesOf("service,vCPU,memory,region,Clustr\n")).toEqual(["E1 misspelt_column"]);
  expect(await codesOf("Title\nservice,owner\n")).toEqual([
    "2:2 missing_column",
    "2:2 missing_column",
    "2:2 missing_column",
  ]);
});

test("two columns that mean the same are told together", async () => {
  const [problem, ...others] = problemsOf(await readAll(utf8("service,vCPU,memory,region,CPU units\n"), csvFormat));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: "duplicate_column", path: "E1", column: "E" });
  expect(problem?.message).toContain('"vCPU" (column B) and "CPU units" (column E)');
});

test("the region may be that of the request, in the column's place or for its empty cells", async () => {
  const defaultRegion = "us-west-2";
  expect(await servicesOf("service,vCPU,memory\na,1,2 GB\n", { defaultRegion })).toMatchObject([
    { region: "us-west-2" },
  ]);
  const list = "service,vCPU,memory,region\na,1,2 GB,\nb,1,2 GB,us-east-1\n";
  expect(await servicesOf(list, { defaultRegion })).toMatchObject([{ region: "us-west-2" }, { region: "us-east-1" }]);
  expect(await codesOf(list)).toEqual(["D2 missing_value"]);
});
