import { expect, test } from "vitest";
import { numberStyle, readNumber, storedNumber } from "../../api/importing/numbers.ts";
import { readCpuUnits, readHours, readMemoryMiB } from "../../api/importing/quantities.ts";
import { readArchitecture, readOperatingSystem, readOptions, readYesOrNo } from "../../api/importing/words.ts";
import { codesOf, csvFormat, oneRow, problemsOf, readAll, servicesOf, utf8 } from "./lists.ts";

interface Read {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly code?: string;
}

function outcome(reading: Read): unknown {
  return reading.ok ? reading.value : reading.code;
}

test.each([
  ["vCPU", "2", 2048],
  ["vCPU", "0.25", 256],
  ["vCPU", ".25 vCPU", 256],
  ["vCPU", "192", 196_608],
  ["vCPU", "193", "ambiguous_unit"],
  ["vCPU", "256", 256],
  ["vCPU", "1,024", 1024],
  ["cpu", "32", 32_768],
  ["cpu", "64", "ambiguous_unit"],
  ["cpu", "64 units", 64],
  ["cpu", "64 vCPU", 65_536],
  ["cpu", "256", 256],
  ["CPU units", "128", 128],
  ["CPU units", "2", 2],
  ["CPU units", "0.5 vCPU", 512],
  ["vCPU", "500m", 512],
  ["millicores", "2000", 2048],
  ["vCPU", "1024 CPU units", 1024],
  ["vCPU", "0.1", "fractional_cpu_units"],
  ["vCPU", "0", "out_of_range"],
  ["vCPU", "-1", "out_of_range"],
  ["vCPU", "193 vCPU", "out_of_range"],
  ["vCPU", "2 GB", "unknown_unit"],
  ["vCPU", "two", "not_a_number"],
  ["vCPU", "NaN", "not_a_number"],
  ["vCPU", "0x10", "not_a_number"],
  ["vCPU", "50%", "not_a_number"],
] as const)("below a header of %s, CPU of %s is %s", (unit, text, expected) => {
  expect(outcome(readCpuUnits(text, { numbers: null, unit }))).toBe(expected);
});

test.each([
  [null, "2 GB", 2048],
  [null, "2GB", 2048],
  [null, "512", 512],
  [null, "32", 32_768],
  [null, "33", "ambiguous_unit"],
  [null, "127.5", "ambiguous_unit"],
  [null, "128", 128],
  [null, "0.5 GiB", 512],
  [null, "512 MiB", 512],
  [null, "1,024", 1024],
  [null, "1 Gi", 1024],
  [null, "1 TB", 1_048_576],
  ["GB", "512", 524_288],
  ["MiB", "2", 2],
  ["MiB", "2 GB", 2048],
  [null, "0.3 GB", "fractional_mebibytes"],
  [null, "512.5", "fractional_mebibytes"],
  [null, "2 GBs", "unknown_unit"],
  [null, "0", "out_of_range"],
  [null, "GB", "not_a_number"],
  [null, "1 2 GB", "ambiguous_number"],
  [null, "9".repeat(50), "not_a_number"],
] as const)("below a header of %s, memory of %s is %s", (unit, text, expected) => {
  expect(outcome(readMemoryMiB(text, { numbers: null, unit }))).toBe(expected);
});

test.each([
  [null, "1,024", "1024"],
  [null, "1,234,567.5", "1234567.5"],
  [null, "12,34", "ambiguous_number"],
  [null, "1,5", "ambiguous_number"],
  [null, "0,125", "ambiguous_number"],
  [null, "1.024", "ambiguous_number"],
  [null, "0.125", "0.125"],
  [null, "1.0240", "1.024"],
  [null, "1.024,5", "ambiguous_number"],
  [null, "1 024", "1024"],
  [null, "1'024", "1024"],
  [null, "1,024 567", "ambiguous_number"],
  [null, "1.5E+3", "scientific_notation"],
  [null, "١٢", "not_a_number"],
  [null, "−3", "-3"],
  ["de", "1.024,5", "1024.5"],
  ["de", "1,5", "1.5"],
  ["de", ",25", "0.25"],
  ["de", "1024", "1024"],
  ["de", "0.25", "not_a_number_of_the_locale"],
  ["en", "1,024.5", "1024.5"],
  ["en", "1,5", "not_a_number_of_the_locale"],
  ["de-CH", "1'024.5", "1024.5"],
  ["de-CH", "1’024.5", "1024.5"],
  ["fr", "1\u202F024,5", "1024.5"],
  ["fr", "1 024,5", "1024.5"],
  ["en-IN", "12,34,567.5", "1234567.5"],
  ["en-IN", "1,234,567", "not_a_number_of_the_locale"],
  ["es", "1.024", "1024"],
  ["pl", "1\u00A0024", "1024"],
  ["ar-EG", "1,024.5", "1024.5"],
] as const)("with locale %s, %s is %s", (locale, text, expected) => {
  const style = locale === null ? null : numberStyle(locale);
  const reading = readNumber(text, style);
  expect(reading.ok ? reading.value.toFixed() : reading.code).toBe(expected);
});

test("numbers that a workbook keeps are what they look like there", () => {
  expect(storedNumber("0.1")).toBe("0.1");
  expect(storedNumber("0.10000000000000001")).toBe("0.1");
  expect(storedNumber("0.30000000000000004")).toBe("0.3");
  expect(storedNumber("1E-3")).toBe("0.001");
  expect(storedNumber("1E+400")).toBeNull();
  expect(storedNumber("x")).toBeNull();
});

test.each([
  ["24/7", null],
  ["Always", null],
  ["730", "730"],
  ["160.50", "160.5"],
  ["160 h", "160"],
  ["8784", "8784"],
  ["8785", "out_of_range"],
  ["0", "out_of_range"],
  ["-1", "out_of_range"],
  ["some", "not_a_number"],
])("hours of %s are %s", (text, expected) => {
  expect(outcome(readHours(text, { numbers: null }))).toBe(expected);
});

test("architectures and operating systems go by their many names", () => {
  for (const name of ["x86", "x86_64", "AMD64", "Intel"]) expect(outcome(readArchitecture(name))).toBe("X86_64");
  for (const name of ["arm", "Graviton2", "aarch64", "ARM64"]) expect(outcome(readArchitecture(name))).toBe("ARM64");
  expect(outcome(readArchitecture("sparc"))).toBe("unknown_architecture");
  const systems = {
    ...{ Linux: "LINUX", windows: "WINDOWS_SERVER_2022_CORE", "Windows Server 2019": "WINDOWS_SERVER_2019_CORE" },
    ...{ "win 2016": "WINDOWS_SERVER_2016_FULL", "windows 2019 full": "WINDOWS_SERVER_2019_FULL" },
    ...{ windows_server_20H2_core: "WINDOWS_SERVER_20H2_CORE", macOS: "unknown_operating_system" },
  };
  for (const [name, family] of Object.entries(systems)) expect(outcome(readOperatingSystem(name)), name).toBe(family);
});

test("yes and no are known in English, German and signs", () => {
  for (const yes of ["yes", "Y", "TRUE", "1", "x", "ja", "WAHR"]) expect(outcome(readYesOrNo(yes)), yes).toBe(true);
  for (const no of ["no", "N", "false", "0", "nein"]) expect(outcome(readYesOrNo(no)), no).toBe(false);
  expect(outcome(readYesOrNo("maybe"))).toBe("not_yes_or_no");
});

test("options are taken apart at commas, semicolons, bars, lines and blanks", () => {
  const options = csvFormat.vocabulary.options;
  const known = {
    ...{ fargate: ["fargate"], "Fargate Spot": ["fargate-spot"], "EC2 spot, FARGATE": ["ec2-spot", "fargate"] },
    ...{ "fargate fargate-spot ec2": ["fargate", "fargate-spot", "ec2"], "ec2|ec2;mixed": ["ec2", "mixed"] },
  };
  for (const [text, ids] of Object.entries(known)) expect(outcome(readOptions(text, options)), text).toEqual(ids);
  expect(readOptions("fargate, fargat", options)).toMatchObject({
    ...{ ok: false, code: "unknown_option", message: 'there is no option "fargat". Did you mean fargate?' },
  });
});

test("regions and load profiles are those that there are, with the nearest told", async () => {
  expect(await servicesOf(oneRow("region", " US-East-1 "))).toMatchObject([{ region: "us-east-1" }]);
  expect(await servicesOf(oneRow("load profile", "shop-days"))).toMatchObject([{ loadProfile: "Shop days" }]);
  const message = async (column: string, value: string) =>
    problemsOf(await readAll(utf8(oneRow(column, value)), csvFormat)).map((problem) => problem.message);
  expect(await message("region", "us-east-1b")).toEqual([
    'region says "us-east-1b": that is an availability zone, and prices are of regions. Write us-east-1.',
  ]);
  expect(await message("region", "us-esat-1")).toEqual([
    'region says "us-esat-1": there are no prices of such a region. Did you mean us-east-1?',
  ]);
  expect(await message("load profile", "Shop day")).toEqual([
    'load profile says "Shop day": no such load profile is stored. Did you mean Shop days?',
  ]);
});

test("signs for nothing are nothing", async () => {
  for (const nothing of ["-", "—", "–", "n/a", "N/A", "--", " ", "\u00A0"]) {
    expect(await servicesOf(oneRow("tasks", nothing)), nothing).toMatchObject([{ tasks: 1 }]);
    expect(await codesOf(oneRow("memory", nothing)), nothing).toEqual(["C2 missing_value"]);
  }
});

test("tasks are within min and max; without a number there are as many as the min", async () => {
  const base = "service,vCPU,memory,region,tasks,min,max\na,1,2 GB,us-east-1,";
  expect(await servicesOf(`${base},2,10`)).toMatchObject([{ tasks: 2, tasksMin: 2, tasksMax: 10 }]);
  expect(await servicesOf(`${base}3,,10`)).toMatchObject([{ tasks: 3, tasksMin: null, tasksMax: 10 }]);
  expect(await servicesOf(`${base}0,0,0`)).toMatchObject([{ tasks: 0, tasksMin: 0, tasksMax: 0 }]);
  expect(await servicesOf(`${base},,0`)).toMatchObject([{ tasks: 0, tasksMin: null, tasksMax: 0 }]);
  expect(await codesOf(`${base},5,3`)).toEqual(["G2 max_below_min"]);
  expect(await codesOf(`${base}11,2,10`)).toEqual(["E2 tasks_out_of_range"]);
  expect(await codesOf(`${base}1.5,-1,x`)).toEqual(["E2 not_whole", "F2 out_of_range", "G2 not_a_number"]);
});

test("days where numbers belong are told as what a spreadsheet made of them", async () => {
  for (const day of ["02-Jan", "1. Feb", "Jan 26", "01.02.2026", "2026-02-01", "2/1/2026", "2. Mai"]) {
    expect(await codesOf(oneRow("tasks", day)), day).toEqual(["E2 date_in_number_column"]);
  }
});

test("every bad cell of a row is told at once, in the order of its columns", async () => {
  const rows = await readAll(
    utf8("region,memory,vCPU,service,OS,interruptible,hours\nnowhere,2 XB,?,=1+1,BeOS,perhaps,9999\n"),
    csvFormat,
  );
  expect(problemsOf(rows).map(({ path, code }) => `${path} ${code}`)).toEqual([
    ...["A2 unknown_region", "B2 unknown_unit", "C2 not_a_number", "D2 formula_as_text"],
    ...["E2 unknown_operating_system", "F2 not_yes_or_no", "G2 out_of_range"],
  ]);
});

test("what is quoted of a cell is short and printable", async () => {
  const [problem] = problemsOf(await readAll(utf8(oneRow("OS", `a\nb${"🚢".repeat(100)}`)), csvFormat));
  expect(problem?.message).toMatch(/^OS says "a·b(🚢){28}…": ECS has no such operating system/u);
});
