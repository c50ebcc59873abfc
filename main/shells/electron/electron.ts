// What the shell takes of Electron. It is handed in, so that the shell can be run where Electron is not.
import type * as electron from "electron";

export type Electron = Pick<
  typeof electron,
  "app" | "BrowserWindow" | "clipboard" | "ipcMain" | "Menu" | "powerMonitor" | "protocol" | "session"
>;
export type Contents = InstanceType<Electron["BrowserWindow"]>["webContents"];
export type Session = Contents["session"];
