// Lists the project's own files, so that tests about the house need no version control.
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The project's folder, absolute. */
export const PROJECT = join(import.meta.dirname, "..", "..");

/** Made by tools, never committed. */
const MADE = new Set(["node_modules", ".git", ".types", ".reports", "demo-out", "dist"]);

/** Paths of all files in `folder` of the project, relative to the project, with `/`. */
export function projectFiles(folder = ""): readonly string[] {
  return readdirSync(join(PROJECT, folder), { withFileTypes: true })
    .filter((entry) => !MADE.has(entry.name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? projectFiles(path) : [path];
    });
}
