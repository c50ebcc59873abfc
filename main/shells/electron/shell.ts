// One life of the Electron shell: from its start to the first lock. Another follows as a new process, so nothing that was read stays.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { MenuItemConstructorOptions } from "electron";
import { whys } from "../../../shared/ipc/why.ts";
import { clock } from "../node/clock.ts";
import { nodeDecoder } from "../node/decoder.ts";
import { createLog } from "../node/log.ts";
import { passingFolder } from "../node/passing.ts";
import { createPlaces } from "../node/places.ts";
import { servedFiles } from "../node/served.ts";
import { startCore } from "../node/start-core.ts";
import { createTokens } from "../node/tokens.ts";
import { electronPrinter } from "./printer.ts";
import { type Electron, prepare } from "./session.ts";
import { openWindow } from "./window.ts";

/** The command line, and the folder of a package. */
export type Started = { readonly argv: readonly string[]; readonly resources: string };

/** A word of the command line: `--after=locked`. */
const given = (argv: readonly string[], name: string): string | undefined =>
  argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

/** Prepares Electron, and opens the window once it is ready. A second start shows the first one's window and ends. */
export async function begin(electron: Electron, { argv, resources }: Started): Promise<void> {
  const { app, Menu } = electron;
  const settings = join(app.getPath("appData"), "files-desk");
  mkdirSync(settings, { recursive: true });
  app.setPath("userData", settings);
  if (!app.requestSingleInstanceLock()) return app.exit(0);
  // All of this must have been said when Electron becomes ready, so nothing is awaited before.
  prepare(electron);
  const passing = passingFolder();
  app.setPath("sessionData", passing);
  app.once("quit", () => rmSync(passing, { recursive: true, force: true }));
  await app.whenReady();
  Menu.setApplicationMenu(process.platform === "darwin" ? Menu.buildFromTemplate(macMenu) : null);

  const { note } = createLog(clock, (line) => void process.stderr.write(line));
  const { node, page } = parts(electron, argv, resources);
  const files = await servedFiles(page);
  const tokens = createTokens();
  const decoder = nodeDecoder({}, node);
  const core = startCore({
    node,
    note,
    lent: {
      decoder,
      printer: electronPrinter(electron),
      tokens,
      places: createPlaces(tokens),
    },
  });
  const after = whys.find((why) => why === given(argv, "after"));
  const window = openWindow(electron, core, files, { after, note });
  // Waits, having read nothing, for the first bundle: started then, it would keep a person waiting.
  decoder.warm?.();
  app.on("second-instance", window.show);
  // The window goes first, the core must have ended as well: Electron is not to end before.
  app.on("window-all-closed", () => {});
  app.on("before-quit", (event) => {
    event.preventDefault();
    void window.end("closed");
  });
  const { why } = await window.ended;
  if (why !== "closed" && window.lived()) {
    const rest = argv.slice(1).filter((word) => !word.startsWith("--after="));
    // An AppImage is mounted anew for each start.
    const execPath = process.env["APPIMAGE"] ?? process.execPath;
    app.relaunch({ execPath, args: [...rest, `--after=${why}`] });
  }
  app.exit(why === "closed" || window.lived() ? 0 : 1);
}

/** The Node that runs core and decoder, and the built page: those in the package, or those that `npm start` names. */
function parts({ app }: Pick<Electron, "app">, argv: readonly string[], resources: string) {
  const node = join(resources, process.platform === "win32" ? "node.exe" : "node");
  if (app.isPackaged) return { node, page: join(app.getAppPath(), "renderer") };
  return { node: given(argv, "node") ?? "node", page: given(argv, "page") ?? "dist/renderer" };
}

/** Copying and pasting by keyboard goes through a menu on macOS, and only there. */
const macMenu: MenuItemConstructorOptions[] = [{ role: "appMenu" }, { role: "editMenu" }];
