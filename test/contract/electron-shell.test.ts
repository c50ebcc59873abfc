// What the Electron shell must do, around a stand-in for Electron's runtime.
import { electronShell } from "../support/electron/shell.ts";
import { shellSuite } from "./support/shell-suite.ts";

shellSuite("Electron", true, electronShell);
