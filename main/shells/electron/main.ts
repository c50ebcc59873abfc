// Electron's main process: the only file that Electron itself starts.
import { app, BrowserWindow, clipboard, ipcMain, Menu, powerMonitor, protocol, session } from "electron";
import { harden } from "../node/harden.ts";
import { begin } from "./shell.ts";

harden();
await begin(
  { app, BrowserWindow, clipboard, ipcMain, Menu, powerMonitor, protocol, session },
  { argv: process.argv, resources: process.resourcesPath },
);
