// Electron's main process: the only file that Electron itself starts.
import { app, BrowserWindow, clipboard, ipcMain, Menu, powerMonitor, protocol, session } from "electron";
import { harden } from "../node/harden.ts";
import { begin } from "./shell.ts";

harden();
// Not awaited here: Electron is ready only when this file has been read to its end.
begin(
  { app, BrowserWindow, clipboard, ipcMain, Menu, powerMonitor, protocol, session },
  { argv: process.argv, resources: process.resourcesPath },
).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : "no window"}\n`);
  app.exit(1);
});
