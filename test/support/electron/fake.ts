// A stand-in for Electron, whose runtime is not fetched for tests: what the shell uses of it, under Electron's own types, and what
// pages, people and the system do to it. What is not here cannot be called: it throws.
import { EventEmitter } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as electron from "electron";
import type { Contents, Electron, Session } from "../../../main/shells/electron/session.ts";
import { giveBridge } from "../../../main/shells/electron/in-preload.ts";

/** A name that the stand-in does not have is an error of the shell or of the stand-in, never `undefined`. */
function strict<T extends object>(what: string, object: T): T {
  return new Proxy(object, {
    get: (target, name, receiver) => {
      if (typeof name === "string" && name !== "then" && !(name in target))
        throw new Error(`the stand-in has no ${what}.${name}`);
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

/** An event as Electron hands it to listeners. */
const cancellable = <T extends object>(more: T) => {
  const event = {
    ...more,
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
  };
  return event;
};

/** What a page can call, as the context bridge carries it: copies in, copies out, frozen. */
export type PageBridge = {
  readonly call: (method: string, input: unknown) => Promise<unknown>;
  readonly subscribe: (listener: (event: unknown) => void) => () => void;
};
type Frame = { url: string; readonly parent: Frame | null };
type ResourceType = electron.OnBeforeRequestListenerDetails["resourceType"];
type Before = (
  details: { readonly url: string; readonly method: string; readonly resourceType: ResourceType },
  answer: (response: electron.CallbackResponse) => void,
) => void;

export class FakeSession
  extends EventEmitter
  implements
    Pick<
      Session,
      | "setPermissionRequestHandler"
      | "setPermissionCheckHandler"
      | "setDevicePermissionHandler"
      | "setDisplayMediaRequestHandler"
      | "setSpellCheckerEnabled"
      | "setCertificateVerifyProc"
    >
{
  readonly name: string;
  readonly keeps: boolean;
  spelling = true;
  private _request: Parameters<Session["setPermissionRequestHandler"]>[0] = null;
  private _check: Parameters<Session["setPermissionCheckHandler"]>[0] = null;
  private _device: Parameters<Session["setDevicePermissionHandler"]>[0] = null;
  private _screen: Parameters<Session["setDisplayMediaRequestHandler"]>[0] = null;
  private _certificate: Parameters<Session["setCertificateVerifyProc"]>[0] = null;
  private _before: Before | undefined;
  private readonly _schemes = new Map<string, (request: Request) => Response | Promise<Response>>();

  constructor(name: string, keeps: boolean) {
    super();
    this.name = name;
    this.keeps = keeps;
  }
  setPermissionRequestHandler: Session["setPermissionRequestHandler"] = (handler) =>
    void (this._request = handler);
  setPermissionCheckHandler: Session["setPermissionCheckHandler"] = (handler) => void (this._check = handler);
  setDevicePermissionHandler: Session["setDevicePermissionHandler"] = (handler) =>
    void (this._device = handler);
  setDisplayMediaRequestHandler: Session["setDisplayMediaRequestHandler"] = (handler) =>
    void (this._screen = handler);
  setCertificateVerifyProc: Session["setCertificateVerifyProc"] = (verify) =>
    void (this._certificate = verify);
  setSpellCheckerEnabled: Session["setSpellCheckerEnabled"] = (enable) => void (this.spelling = enable);
  readonly webRequest: Pick<electron.WebRequest, "onBeforeRequest"> = {
    onBeforeRequest: (...given: unknown[]) => void (this._before = given.at(-1) as Before),
  };
  readonly protocol: Pick<electron.Protocol, "handle"> = {
    handle: (scheme, handler) => void this._schemes.set(scheme, handler),
  };

  /** A request as Chromium makes it; `undefined` where it is cancelled or nobody answers. */
  async fetch(url: string, resourceType: ResourceType, method = "GET"): Promise<Response | undefined> {
    const { cancel } = await new Promise<electron.CallbackResponse>((resolve) =>
      this._before === undefined ? resolve({}) : this._before({ url, method, resourceType }, resolve),
    );
    const handler = this._schemes.get(new URL(url).protocol.slice(0, -1));
    return cancel === true ? undefined : await handler?.(new Request(url, { method }));
  }

  /** Which of Electron's ways to permit something permit it. Where nobody set a handler, Electron permits. */
  async permits(
    contents: Contents,
    permission: "clipboard-read" | "geolocation" | "media",
  ): Promise<string[]> {
    const details = { isMainFrame: true, requestingUrl: contents.mainFrame.url };
    const request = this._request;
    const requested = await new Promise<boolean>((resolve) =>
      request === null ? resolve(true) : request(contents, permission, resolve, details),
    );
    const device = {
      deviceType: "usb",
      origin: "app://files",
      device: {},
    } as electron.DevicePermissionHandlerHandlerDetails;
    const screen = await new Promise<boolean>((resolve) =>
      this._screen === null
        ? resolve(true)
        : this._screen({} as electron.DisplayMediaRequestHandlerHandlerRequest, (streams) =>
            resolve(streams !== null),
          ),
    );
    const certified = await new Promise<boolean>((resolve) =>
      this._certificate === null
        ? resolve(true)
        : this._certificate({} as electron.Request, (result) => resolve(result !== -2)),
    );
    return Object.entries({
      requested,
      checked: this._check?.(contents, permission, "app://files", details) ?? true,
      device: this._device?.(device) ?? true,
      screen,
      certified,
    }).flatMap(([how, yes]) => (yes ? [how] : []));
  }

  /** Whether a download that begins may go on. */
  downloads(): boolean {
    const event = cancellable({});
    this.emit("will-download", event, {}, {});
    return !event.defaultPrevented;
  }
}

type Preferences = electron.WebPreferences & { readonly session: Session };

/** Printers as the system knows them, and what came out of them. */
type FakePrinting = {
  printers: readonly {
    readonly name: string;
    readonly displayName: string;
    readonly takes: boolean;
    readonly answers?: false;
  }[];
  readonly printed: { readonly options: electron.WebContentsPrintOptions; readonly page: string }[];
};

class FakeContents
  extends EventEmitter
  implements
    Pick<
      Contents,
      | "loadURL"
      | "send"
      | "isDestroyed"
      | "setWindowOpenHandler"
      | "setWebRTCIPHandlingPolicy"
      | "printToPDF"
      | "getPrintersAsync"
      | "print"
    >
{
  readonly session: FakeSession;
  readonly mainFrame: Frame = { url: "", parent: null };
  readonly preferences: Preferences;
  /** What the page's own scripts see. */
  bridge: PageBridge | undefined;
  readonly exposed: Record<string, unknown> = {};
  shown = "";
  private _destroyed = false;
  private _opens: Parameters<Contents["setWindowOpenHandler"]>[0] | undefined;
  private readonly _page = new EventEmitter();
  private readonly _told = new EventEmitter();
  private readonly _ipc: FakeIpcMain;
  private readonly _printing: FakePrinting;

  constructor(preferences: Preferences, ipc: FakeIpcMain, printing: FakePrinting) {
    super();
    this.preferences = preferences;
    this.session = preferences.session as unknown as FakeSession;
    this._ipc = ipc;
    this._printing = printing;
  }
  isDestroyed = (): boolean => this._destroyed;
  udp = true;
  setWebRTCIPHandlingPolicy: Contents["setWebRTCIPHandlingPolicy"] = (policy) =>
    void (this.udp = policy !== "disable_non_proxied_udp");
  setWindowOpenHandler: Contents["setWindowOpenHandler"] = (handler) => void (this._opens = handler);
  send: Contents["send"] = (channel, ...words: unknown[]) => {
    if (this._destroyed) throw new TypeError("Object has been destroyed");
    this._told.emit(channel, {}, ...structuredClone(words));
  };
  async loadURL(url: string): Promise<void> {
    const answer = await this.session.fetch(url, "mainFrame");
    if (answer?.ok !== true || this._destroyed) throw new Error(`ERR_FAILED (-2) loading '${url}'`);
    this.shown = await answer.text();
    this.mainFrame.url = url;
    if (this.preferences.preload !== undefined) this._preload();
    this.emit("did-finish-load");
  }
  printToPDF: Contents["printToPDF"] = async (options) =>
    Buffer.from(`%PDF ${JSON.stringify(options)} ${this.shown}`);
  getPrintersAsync: Contents["getPrintersAsync"] = async () =>
    this._printing.printers.map(({ name, displayName }) => ({
      name,
      displayName,
      description: "",
      options: {} as electron.Options,
    }));
  print: Contents["print"] = (options = {}, callback = () => {}) => {
    if (options.silent !== true) throw new Error("nobody is there to answer a dialog");
    if (options.pageSize === undefined && options.usePrinterDefaultPageSize !== true)
      throw new Error("a page without a size");
    const there = this._printing.printers.find(({ name }) => name === options.deviceName);
    if (there?.answers === false) return;
    if (there?.takes !== true) return queueMicrotask(() => callback(false, "Invalid printer settings"));
    this._printing.printed.push({ options, page: this.shown });
    queueMicrotask(() => callback(true, ""));
  };
  destroy(): void {
    this._destroyed = true;
    this._told.removeAllListeners();
    this.emit("destroyed");
  }

  private _preload(): void {
    const asTexts = (api: unknown): PageBridge => {
      const { call, subscribe } = api as PageBridge;
      return Object.freeze({
        call: async (method: string, input: unknown) =>
          structuredClone(await call(method, structuredClone(input))),
        subscribe: (listener: (event: unknown) => void) =>
          subscribe((event) => listener(structuredClone(event))),
      });
    };
    giveBridge(
      {
        contextBridge: {
          exposeInMainWorld: (name, api: unknown) => {
            this.exposed[name] = api;
            if (name === "bridge") this.bridge = asTexts(api);
          },
        },
        ipcRenderer: {
          invoke: async (channel, ...words: unknown[]) => await this.asks(this.mainFrame, channel, ...words),
          send: (channel, ...words: unknown[]) => this.says(this.mainFrame, channel, ...words),
          on: ((channel: string, listener: (...told: unknown[]) => void) =>
            this._told.on(channel, listener)) as unknown as electron.IpcRenderer["on"],
        },
      },
      {
        addEventListener: (type: string, listener: unknown) =>
          void this._page.on(type, listener as () => void),
      },
    );
  }

  // What a page, or somebody who has taken one over, does.

  /** The page's event, `copy` or `cut`. */
  dispatch(type: string): void {
    this._page.emit(type);
  }
  /** A frame in the page, of whatever address. */
  frame = (url: string): Frame => ({ url, parent: this.mainFrame });
  async asks(frame: Frame | null, channel: string, ...words: unknown[]): Promise<unknown> {
    return await this._ipc.asked(this, frame, channel, structuredClone(words));
  }
  says(frame: Frame | null, channel: string, ...words: unknown[]): void {
    this._ipc.said(this, frame, channel, structuredClone(words));
  }
  /** A link, a script or a server that leads elsewhere: whether it got there. */
  goes(url: string, event: "will-frame-navigate" | "will-redirect" = "will-frame-navigate"): boolean {
    const going = cancellable({ url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame });
    this.emit(event, going, url);
    if (!going.defaultPrevented) this.mainFrame.url = url;
    return !going.defaultPrevented;
  }
  /** Whether a page may open a window. Where nobody set a handler, Electron lets it. */
  opens = (url: string): boolean =>
    this._opens?.({
      url,
      frameName: "",
      features: "",
      disposition: "new-window",
      referrer: { url: "", policy: "no-referrer" },
    }).action !== "deny";
  /** Whether a page may take another page in. */
  attaches(): boolean {
    const event = cancellable({});
    this.emit("will-attach-webview", event, {}, {});
    return !event.defaultPrevented;
  }
}
export type { FakeContents };

class FakeIpcMain extends EventEmitter implements Pick<Electron["ipcMain"], "handle"> {
  private readonly _handlers = new Map<string, Parameters<Electron["ipcMain"]["handle"]>[1]>();
  handle: Electron["ipcMain"]["handle"] = (channel, listener) => {
    if (this._handlers.has(channel)) throw new Error(`a second handler for '${channel}'`);
    this._handlers.set(channel, listener);
  };
  async asked(
    sender: FakeContents,
    frame: Frame | null,
    channel: string,
    words: unknown[],
  ): Promise<unknown> {
    const handler = this._handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const event = { sender, senderFrame: frame } as unknown as electron.IpcMainInvokeEvent;
    return structuredClone((await handler(event, ...words)) as unknown);
  }
  said(sender: FakeContents, frame: Frame | null, channel: string, words: unknown[]): void {
    this.emit(channel, { sender, senderFrame: frame }, ...words);
  }
}

class FakeApp
  extends EventEmitter
  implements
    Pick<
      Electron["app"],
      | "enableSandbox"
      | "requestSingleInstanceLock"
      | "whenReady"
      | "setPath"
      | "getAppPath"
      | "getPath"
      | "relaunch"
      | "exit"
      | "isPackaged"
    >
{
  readonly isPackaged: boolean;
  readonly switches = new Map<string, string | undefined>();
  readonly paths = new Map<string, string>();
  readonly relaunched: electron.RelaunchOptions[] = [];
  readonly exited = Promise.withResolvers<number>();
  sandboxed = false;
  ready = false;
  first = true;
  readonly commandLine: Pick<electron.CommandLine, "appendSwitch"> = {
    appendSwitch: (name, value) => void this.switches.set(name, value),
  };
  constructor(isPackaged: boolean) {
    super();
    this.isPackaged = isPackaged;
  }
  enableSandbox = (): void => {
    if (this.ready) throw new Error("app.enableSandbox() can only be called before app is ready");
    this.sandboxed = true;
  };
  requestSingleInstanceLock: Electron["app"]["requestSingleInstanceLock"] = () => {
    // From here on it may be ready at the first moment that the shell leaves it.
    if (this.first) queueMicrotask(() => (this.ready = true));
    return this.first;
  };
  whenReady = async (): Promise<void> => void (this.ready = true);
  setPath: Electron["app"]["setPath"] = (name, path) => {
    if (name === "sessionData" && this.ready) throw new Error("too late for sessionData");
    this.paths.set(name, path);
  };
  getPath: Electron["app"]["getPath"] = (name) => join(tmpdir(), "waypost-electron-fake", name);
  getAppPath = (): string => "/nowhere/app.asar";
  relaunch: Electron["app"]["relaunch"] = (options = {}) => void this.relaunched.push(options);
  exit: Electron["app"]["exit"] = (code = 0) => {
    this.emit("quit", {}, code);
    this.exited.resolve(code);
  };
  /** What the system or a keystroke does: whether Electron would end now. */
  quits(): boolean {
    const event = cancellable({});
    this.emit("before-quit", event);
    return !event.defaultPrevented;
  }
}

class FakeClipboard implements Pick<Electron["clipboard"], "readText" | "clear" | "writeText"> {
  text = "";
  readText = async (): Promise<string> => this.text;
  clear = (): void => void (this.text = "");
  writeText = async (text: string): Promise<void> => void (this.text = text);
}

/** Electron before it is ready. `windows` are those that were made, with what a person can do to them. */
export function fakeElectron({ isPackaged = false }: { readonly isPackaged?: boolean } = {}) {
  const app = new FakeApp(isPackaged);
  const ipcMain = new FakeIpcMain();
  const clipboard = new FakeClipboard();
  const powerMonitor = new EventEmitter();
  const sessions: FakeSession[] = [];
  const windows: FakeWindow[] = [];
  const schemes: electron.CustomScheme[] = [];
  const menus: unknown[] = [];
  const printing: FakePrinting = { printers: [], printed: [] };

  class FakeWindow
    extends EventEmitter
    implements
      Pick<
        InstanceType<Electron["BrowserWindow"]>,
        "loadURL" | "show" | "focus" | "destroy" | "isDestroyed" | "isMinimized" | "restore"
      >
  {
    readonly options: electron.BrowserWindowConstructorOptions;
    readonly webContents: FakeContents;
    visible = false;
    focused = 0;
    minimized = false;
    constructor(options: electron.BrowserWindowConstructorOptions = {}) {
      super();
      if (!app.ready) throw new Error("Cannot create BrowserWindow before app is ready");
      this.options = options;
      const preferences = options.webPreferences;
      if (preferences?.session === undefined) throw new Error("a window in the default session");
      this.webContents = strict(
        "webContents",
        new FakeContents({ ...preferences, session: preferences.session }, ipcMain, printing),
      );
      this.webContents.once("did-finish-load", () => this.emit("ready-to-show"));
      windows.push(this);
      app.emit("web-contents-created", {}, this.webContents);
    }
    loadURL: InstanceType<Electron["BrowserWindow"]>["loadURL"] = async (url) =>
      await this.webContents.loadURL(url);
    show = (): void => void (this.visible = true);
    focus = (): void => void (this.focused += 1);
    restore = (): void => void (this.minimized = false);
    isMinimized = (): boolean => this.minimized;
    isDestroyed = (): boolean => this.webContents.isDestroyed();
    destroy = (): void => {
      if (this.isDestroyed()) return;
      this.visible = false;
      this.webContents.destroy();
      this.emit("closed");
      if (!windows.some((window) => !window.isDestroyed()) && app.listenerCount("window-all-closed") === 0)
        app.exit();
    };
  }

  const session: Pick<Electron["session"], "fromPartition"> = {
    fromPartition: (name, options) => {
      const found = sessions.find((made) => made.name === name);
      const made =
        found ??
        strict("session", new FakeSession(name, options?.cache !== false || name.startsWith("persist:")));
      if (found === undefined) {
        sessions.push(made);
        app.emit("session-created", made);
      }
      return made as unknown as Session;
    },
  };
  const protocol: Pick<Electron["protocol"], "registerSchemesAsPrivileged"> = {
    registerSchemesAsPrivileged: (given) => {
      if (app.ready)
        throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
      schemes.push(...given);
    },
  };
  const Menu: Pick<Electron["Menu"], "setApplicationMenu"> = {
    setApplicationMenu: (menu) => void menus.push(menu),
  };
  const parts = { app, ipcMain, clipboard, powerMonitor, session, protocol, Menu };
  const handed = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, strict(name, part)] as const),
  );
  return {
    /** As the shell gets it. */
    electron: { ...handed, BrowserWindow: FakeWindow } as unknown as Electron,
    app,
    clipboard,
    powerMonitor,
    sessions,
    windows,
    schemes,
    menus,
    printing,
  };
}
export type FakeElectron = ReturnType<typeof fakeElectron>;
