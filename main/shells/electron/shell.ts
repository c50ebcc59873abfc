// One life of the Electron shell: from its start to the first lock. Another follows as a new process, so nothing that was read stays.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { whys } from "../../../shared/ipc/why.ts";
import type { Note } from "../../ipc/router.ts";
import { clock } from "../node/clock.ts";
import { nodeDecoder } from "../node/decoder.ts";
import { createLog } from "../node/log.ts";
import { passingFolder } from "../node/passing.ts";
import { createPlaces } from "../node/places.ts";
import { servedFiles } from "../node/served.ts";
import { startCore } from "../node/start-core.ts";
import { createTokens } from "../node/tokens.ts";
import type { Electron } from "./electron.ts";
import { electronPrinter } from "./printer.ts";
import { prepare } from "./session.ts";
import { openWindow } from "./window.ts";

/** How the shell is started: by whom, and where its parts lie. */
export type Started = { readonly argv: readonly string[]; readonly resources: string };

/** A word of the command line: `--after=locked`. */
const given = (argv: readonly string[], name: string): string | undefined =>
  argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

/** Prepares Electron, and opens the window once it is ready. A second start shows the first one's window and ends. */
export async function begin(electron: Electron, { argv, resources }: Started): Promise<void> {
  const { app, Menu } = electron;
  if (!app.requestSingleInstanceLock()) return app.exit(0);
  prepare(electron);
  const passing = await passingFolder();
  app.setPath("sessionData", passing);
  app.once("quit", () => rmSync(passing, { recursive: true, force: true }));
  await app.whenReady();
  Menu.setApplicationMenu(process.platform === "darwin" ? macMenu(Menu) : null);

  const note: Note = createLog(clock, (line) => void process.stderr.write(line)).note;
  const { node, page } = parts(electron, argv, resources);
  const files = await servedFiles(page);
  const tokens = createTokens();
  const core = startCore({
    node,
    note,
    lent: {
      decoder: nodeDecoder({}, node),
      printer: electronPrinter(electron),
      tokens,
      places: createPlaces(tokens),
    },
  });
  const window = openWindow(electron, core, files, {
    after: whys.find((why) => why === given(argv, "after")),
    note,
    ending: () => {},
  });
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
    const image = process.env["APPIMAGE"];
    app.relaunch({ args: [...rest, `--after=${why}`], ...(image === undefined ? {} : { execPath: image }) });
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
const macMenu = (menu: Electron["Menu"]) =>
  menu.buildFromTemplate([{ label: "Files", submenu: [{ role: "quit" }] }, { role: "editMenu" }]);
