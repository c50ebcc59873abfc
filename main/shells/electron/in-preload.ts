// What stands between the page and the shell: the bridge, and a word when something was copied. Runs in a sandbox, apart from the page.
import type { ContextBridge, IpcRenderer } from "electron";

/** What shell and preload say to each other. */
export const CHANNELS = { ask: "ask", copied: "copied", tell: "tell" };

/** Gives the page `bridge`, the same as in every shell. Nothing of Electron goes over: texts in, values out. */
export function giveBridge(
  electron: {
    readonly contextBridge: Pick<ContextBridge, "exposeInMainWorld">;
    readonly ipcRenderer: Pick<IpcRenderer, "invoke" | "on" | "send">;
  },
  page: Pick<Window, "addEventListener">,
): void {
  const { contextBridge, ipcRenderer } = electron;
  const listeners = new Set<(event: unknown) => void>();
  ipcRenderer.on(CHANNELS.tell, (_event, text: string) => {
    for (const listener of listeners) listener(JSON.parse(text));
  });
  contextBridge.exposeInMainWorld("bridge", {
    call: async (method: string, input: unknown): Promise<unknown> => {
      try {
        const text: unknown = await ipcRenderer.invoke(CHANNELS.ask, JSON.stringify({ method, input }));
        return JSON.parse(String(text)) as unknown;
      } catch {
        return { ok: false, error: { type: "CoreEnded" } };
      }
    },
    subscribe: (listener: (event: unknown) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  // It lies on the clipboard only after the event.
  const copied = () => void setTimeout(() => ipcRenderer.send(CHANNELS.copied));
  page.addEventListener("copy", copied, true);
  page.addEventListener("cut", copied, true);
}
