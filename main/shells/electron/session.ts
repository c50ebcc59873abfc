// Sessions and pages of Electron, fenced in: nothing is permitted, fetched, kept, opened or gone to but what is named here.
import type * as electron from "electron";
import type { ServedFile } from "../node/served.ts";

/** What the shell takes of Electron. It is handed in, so that the shell can be run where Electron is not. */
export type Electron = Pick<
  typeof electron,
  "app" | "BrowserWindow" | "clipboard" | "ipcMain" | "Menu" | "powerMonitor" | "protocol" | "session"
>;
export type Contents = electron.WebContents;
export type Session = electron.Session;

const SCHEME = "app";

/** What every page is without. Most are Electron's own defaults, said so that a default that changes changes nothing here. */
export const FENCED = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  devTools: false,
  spellcheck: false,
  disableDialogs: true,
} as const;

const SWITCHES =
  "disable-quic disable-background-networking disable-component-update disable-domain-reliability no-pings " +
  "disable-http-cache disable-gpu-shader-disk-cache disable-breakpad disable-spell-checking";

/** Before Electron is ready: makes `app://` an address with an origin of its own, and keeps Chromium from speaking and writing. */
export function prepare({ app, protocol }: Electron): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
  app.enableSandbox();
  app.commandLine.appendSwitch("host-resolver-rules", "MAP * ~NOTFOUND");
  app.commandLine.appendSwitch("proxy-server", "http://127.0.0.1:9");
  for (const name of SWITCHES.split(" ")) app.commandLine.appendSwitch(name);
  app.on("session-created", (made) => refuseAll(made));
  app.on("web-contents-created", (_event, contents) => holdStill(contents));
}

/** No permission, no device, no download, no spelling, and no request: `servingSession` lets in what a session is for. */
function refuseAll(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setSpellCheckerEnabled(false);
  session.setCertificateVerifyProc((_request, answer) => answer(-2));
  session.on("will-download", (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((_details, answer) => answer({ cancel: true }));
}

/** No page goes anywhere, opens a window or takes another page in. */
function holdStill(contents: Contents): void {
  contents.on("will-frame-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
}

/**
 * A session of the given name that keeps nothing and in which exactly the files of `find` exist, under `origin`. A page is
 * loaded only at the paths that `isPage` names, and never in a frame.
 */
export function servingSession(
  { session }: Electron,
  name: string,
  origin: string,
  find: (path: string) => ServedFile | undefined,
  isPage: (path: string) => boolean,
): Session {
  // Without `persist:` a session lies in memory.
  const made = session.fromPartition(name, { cache: false });
  const found = (method: string, address: string) => {
    const { protocol, host, pathname } = new URL(address);
    return method === "GET" && `${protocol}//${host}` === origin ? find(pathname) : undefined;
  };
  made.webRequest.onBeforeRequest(({ method, url, resourceType: type }, answer) => {
    const allowed = type === "mainFrame" ? isPage(new URL(url).pathname) : type !== "subFrame";
    answer({ cancel: !allowed || found(method, url) === undefined });
  });
  made.protocol.handle(SCHEME, ({ method, url }) => {
    const file = found(method, url);
    if (file === undefined) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(file.body), { headers: { ...file.headers } });
  });
  return made;
}
