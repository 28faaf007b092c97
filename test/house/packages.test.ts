import { expect, test } from "vitest";
import { textOf } from "./repository.ts";

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  /** Of development alone. */
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

const manifest = JSON.parse(textOf("package.json")) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
const lock = JSON.parse(textOf("package-lock.json")) as { readonly packages: Readonly<Record<string, Locked>> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

test("the tests run on Node 24, whatever Node the machine has", () => {
  expect(Number(process.versions.node.split(".")[0])).toBeGreaterThanOrEqual(24);
});

test("every dependency is pinned to one version", () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });

  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("the lock file pins every package by its content and names no registry", () => {
  expect(locked.length).toBeGreaterThan(50);
  expect(locked.filter(([, { integrity, resolved }]) => integrity === undefined || resolved !== undefined)).toEqual([]);
});

test("exactly the packages with install scripts are allowed to run them", () => {
  const scripted = locked
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ""));

  expect([...new Set(scripted)].sort()).toEqual(Object.keys(manifest.allowScripts).sort());
});

test("no package that ships runs a script when it is installed", () => {
  const shipped = locked
    .filter(([, { hasInstallScript, dev, devOptional }]) => hasInstallScript && !dev && !devOptional)
    .map(([path]) => path.replace(/^.*node_modules\//, ""));

  expect(shipped.filter((name) => manifest.allowScripts[name] !== false)).toEqual([]);
});
