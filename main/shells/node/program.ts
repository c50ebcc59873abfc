// Where a program for Node lies that a shell starts as a process: in source, in a build and in a package.
import { existsSync } from "node:fs";
import { extname, join } from "node:path";

/**
 * The program `name` in the folder of the file whose address is `from`, written in the same language. A package is an
 * archive that only Electron reads; what Node runs lies unpacked beside it, under the same names.
 */
export const program = (name: string, from: string): URL =>
  new URL(`./${name}${extname(from)}`, from.replace("/app.asar/", "/app.asar.unpacked/"));

/** The folder of the modules that a program in `folder` imports: its own, or one further up where a build stands in the project. */
export function modulesOf(folder: string): string {
  const found = join(folder, "node_modules");
  const up = join(folder, "..");
  return existsSync(found) || up === folder ? found : modulesOf(up);
}
