// The preload script of the one page; built alone to CommonJS, since a sandboxed one may be nothing else.
import { contextBridge, ipcRenderer } from "electron";
import { giveBridge } from "./in-preload.ts";

giveBridge({ contextBridge, ipcRenderer }, window);
