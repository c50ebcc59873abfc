// The import table of the house: which file may import which. The lint rule and the layer test both ask it.
import { posix } from "node:path";

/** What every subject may stand on, in order; the last two are side by side. */
const UNDERNEATH: Readonly<Record<string, number>> = {
  vault: 0,
  pgp: 1,
  audit: 2,
  chain: 3,
  sections: 4,
  statements: 4,
};

/** The line of subjects: each may import only those before it. */
const SUBJECTS: readonly string[] = [
  "safety",
  "contacts",
  "cases",
  "consent",
  "plan",
  "documents",
  "family",
  "incidents",
  "risk",
  "reference",
  "visa",
  "placements",
  "support",
  "events",
  "office",
  "paper",
  "exchange",
  "messages",
  "intake",
  "overview",
];

/** Files of the underneath folders that others may import, besides `index.ts`. */
const DOORS: readonly string[] = ["main/core/vault/sql.ts", "main/core/vault/secret.ts"];

/** One importer a library: paths (or beginnings of paths) that may name it. A library not listed may be imported nowhere. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  zod: ["shared/schema.ts"],
  openpgp: ["main/core/pgp/"],
  "@automerge/automerge": ["main/core/sections/"],
  "sodium-native": ["main/core/vault/"],
  "better-sqlite3": ["main/core/vault/"],
  "@formatjs/intl": ["main/core/paper/", "main/shells/cli/", "renderer/i18n/"],
  "@formatjs/icu-messageformat-parser": ["renderer/i18n/"],
  "tar-stream": ["main/core/exchange/"],
  "csv-parse": ["main/core/intake/"],
  "@zxcvbn-ts/core": ["main/core/safety/"],
  "@zxcvbn-ts/language-common": ["main/core/safety/"],
  "@zxcvbn-ts/language-en": ["main/core/safety/"],
  "@scure/bip39": ["main/core/vault/", "main/core/pgp/"],
  sharp: ["main/shells/node/decoder-"],
  jsqr: ["main/shells/node/decoder-"],
  qrcode: ["main/core/contacts/"],
  "@cantoo/pdf-lib": ["main/shells/node/decoder-"],
  electron: ["main/shells/electron/"],
  "electron-builder": ["main/shells/electron/after-pack.ts"],
  "@electron/fuses": ["main/shells/electron/after-pack.ts"],
  "playwright-core": ["main/shells/chromium/", "main/shells/node/browser.ts"],
  react: ["renderer/"],
  "react-dom": ["renderer/main.tsx"],
  "react-aria-components": ["renderer/ui/", "renderer/parts/", "renderer/features/", "renderer/main.tsx"],
  "lucide-react": ["renderer/ui/", "renderer/parts/", "renderer/features/", "renderer/app.tsx"],
  "@tanstack/react-query": ["renderer/bridge/"],
  "@tanstack/react-virtual": ["renderer/ui/"],
  "@fontsource-variable/noto-sans": ["renderer/ui/"],
  "@fontsource-variable/noto-sans-arabic": ["renderer/ui/"],
  "@fontsource-variable/noto-sans-ethiopic": ["renderer/ui/"],
  "@fontsource-variable/noto-sans-myanmar": ["renderer/ui/"],
  "@fontsource-variable/noto-sans-devanagari": ["renderer/ui/"],
  "@fontsource-variable/noto-sans-bengali": ["renderer/ui/"],
};

/** Node's own modules that only some may import. An empty list is nobody: Waypost has no network access. */
const BUILTINS: Readonly<Record<string, readonly string[]>> = {
  cluster: [],
  dgram: [],
  dns: [],
  http: [],
  http2: [],
  https: [],
  inspector: [],
  net: [],
  quic: [],
  tls: [],
  child_process: ["main/shells/"],
  module: ["main/shells/"],
  repl: [],
  sqlite: [],
  fs: ["main/core/vault/", "main/shells/"],
};

type Core = {
  readonly at: "core";
  readonly folder: string;
  readonly rank: number;
  readonly underneath: boolean;
  readonly part: "rules" | "store" | "actions" | "index" | "other";
};

type Place =
  | Core
  | { readonly at: "shared" | "app" | "door" | "ports" | "ipc" | "decoder" | "test" | "tooling" }
  | { readonly at: "shell"; readonly shell: string }
  | { readonly at: "renderer"; readonly part: string; readonly feature?: string };

const FACE = "index.ts of a subject imports only its own folder";
/** Opens whichever window this machine can show. */
const STARTER = "main/shells/start.ts";
const SHELLS: readonly string[] = ["node", "electron", "chromium", "cli"];
const TOOLING = /^[a-z.-]+\.config\.ts$/;

/** Where a file of the project stands, or `undefined` where the house has no such room. Paths are relative to the project, with `/`. */
export function placeOf(path: string): Place | undefined {
  const [top, second, third] = path.split("/");
  if (top === "shared") return { at: "shared" };
  if (top === "test") return { at: "test" };
  if (top === "renderer") return rendererPlace(path);
  if (top === "main" && second === "core") return corePlace(path);
  if (top === "main" && second === "ipc") return { at: "ipc" };
  if (top === "main" && second === "shells") {
    // `decoder.ts` itself is the shell that starts the process; what runs inside is `decoder-*`.
    if (path.startsWith("main/shells/node/decoder-")) return { at: "decoder" };
    if (path === STARTER) return { at: "shell", shell: "start" };
    return third !== undefined && SHELLS.includes(third) ? { at: "shell", shell: third } : undefined;
  }
  return TOOLING.test(path) ? { at: "tooling" } : undefined;
}

/**
 * Why `from` may not import `specifier`, or `undefined` where it may.
 * `from` is relative to the project; `specifier` is what stands in the import.
 */
export function refusal(from: string, specifier: string): string | undefined {
  const here = placeOf(from);
  if (here === undefined) return `${from} stands in no layer`;
  if (here.at === "test") return undefined;
  if (specifier.startsWith("node:")) return builtinRefusal(from, here, specifier.slice("node:".length));
  if (!specifier.startsWith(".")) return libraryRefusal(from, here, specifier);
  const target = posix.join(posix.dirname(from), specifier);
  const there = placeOf(target);
  if (there === undefined) return `${target} stands in no layer`;
  if (there.at === "test") return "nothing imports test/";
  return there.at === "shared" ? sharedRefusal(here) : moduleRefusal(from, here, target, there);
}

function corePlace(path: string): Place | undefined {
  if (path === "main/core/app.ts") return { at: "app" };
  if (path === "main/core/door.ts") return { at: "door" };
  if (path === "main/core/ports.ts") return { at: "ports" };
  const folder = path.split("/")[2] ?? "";
  const rank = UNDERNEATH[folder];
  const line = SUBJECTS.indexOf(folder);
  if (rank === undefined && line < 0) return undefined;
  return {
    at: "core",
    folder,
    underneath: rank !== undefined,
    rank: rank ?? 10 + line,
    part: partOf(path, folder),
  };
}

function partOf(path: string, folder: string): Core["part"] {
  if (path === `main/core/${folder}/index.ts`) return "index";
  const kind = /\.(rules|store|actions)\.ts$/.exec(path)?.[1];
  return kind === "rules" || kind === "store" || kind === "actions" ? kind : "other";
}

function rendererPlace(path: string): Place | undefined {
  const parts = path.split("/");
  const part = parts.length > 2 ? parts[1] : "root";
  if (part === "features" && parts.length > 3 && parts[2] !== undefined) {
    return { at: "renderer", part, feature: parts[2] };
  }
  return part !== undefined && ["root", "bridge", "ui", "i18n", "parts"].includes(part)
    ? { at: "renderer", part }
    : undefined;
}

/** The face a subject shows: re-exports of its own folder, nothing else. */
function isFace(here: Place): boolean {
  return here.at === "core" && here.part === "index" && !here.underneath;
}

/** Files that touch neither Node nor a library. */
function bare(here: Place): boolean {
  return isFace(here) || (here.at === "core" && (here.part === "rules" || here.part === "store"));
}

function builtinRefusal(from: string, here: Place, name: string): string | undefined {
  if (here.at === "tooling") return undefined;
  if (here.at === "shared") return "shared runs anywhere: no node:";
  if (here.at === "renderer") return "the renderer has no Node";
  if (bare(here)) return "rules, stores and a subject's index.ts use no node:";
  const importers = BUILTINS[name.split("/")[0] ?? ""];
  if (importers === undefined || importers.some((start) => from.startsWith(start))) return undefined;
  return importers.length === 0
    ? `node:${name} is not used`
    : `node:${name} is imported only by ${importers.join(", ")}`;
}

function libraryRefusal(from: string, here: Place, specifier: string): string | undefined {
  if (here.at === "tooling") return undefined;
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  const importers = LIBRARIES[name];
  if (importers === undefined) return `${name} is not in the table of libraries`;
  if (bare(here)) return "rules, stores and a subject's index.ts import no library";
  return importers.some((start) => from.startsWith(start))
    ? undefined
    : `${name} is imported only by ${importers.join(", ")}`;
}

function sharedRefusal(here: Place): string | undefined {
  if (isFace(here)) return FACE;
  return here.at === "renderer" && here.part === "ui" ? "renderer/ui knows no domain word" : undefined;
}

function moduleRefusal(from: string, here: Place, target: string, there: Place): string | undefined {
  const may = mayImport(from, here, target, there);
  return may === undefined ? undefined : `${may} (${target})`;
}

function mayImport(from: string, here: Place, target: string, there: Place): string | undefined {
  switch (here.at) {
    case "shared":
      return "shared imports only shared";
    case "ports":
      return "ports.ts imports only shared";
    case "app":
      if (there.at === "door") return undefined;
      return there.at === "core" || there.at === "ports" ? undefined : "app.ts imports core and shared";
    case "door":
      return there.at === "core" || there.at === "ports" ? undefined : "door.ts imports core and shared";
    case "ipc":
      return there.at === "ipc" || there.at === "app" ? undefined : "ipc imports core/app.ts and shared";
    case "decoder":
      return there.at === "decoder" || target === "main/core/sections/trial.ts"
        ? undefined
        : "the decoder imports core/sections/trial.ts and shared";
    case "shell":
      return shellRefusal(here.shell, there);
    case "renderer":
      return rendererRefusal(here, there);
    case "core":
      return there.at === "ports" ? portsRefusal(here) : coreRefusal(from, here, target, there);
    case "test":
    case "tooling":
      return undefined;
  }
}

function shellRefusal(shell: string, there: Place): string | undefined {
  if (there.at === "ipc" || there.at === "app" || there.at === "ports") return undefined;
  const within = [shell, "node", ...(shell === "start" ? ["chromium", "electron"] : [])];
  if (there.at === "shell" && within.includes(there.shell)) return undefined;
  return "a shell imports ipc, core/app.ts, core/ports.ts, shells/node, shared and itself";
}

function rendererRefusal(here: Extract<Place, { at: "renderer" }>, there: Place): string | undefined {
  if (there.at !== "renderer") return "the renderer imports renderer and shared";
  if (here.part === "root" || here.part === there.part) {
    return here.feature === there.feature || here.part === "root"
      ? undefined
      : "a feature never imports another feature";
  }
  if (there.part === "root") return "nothing in the renderer imports its entry";
  if (here.part === "features" && there.part !== "features") return undefined;
  if (here.part === "parts" && there.part !== "features") return undefined;
  return (here.part === "ui" || here.part === "bridge") && there.part === "i18n"
    ? undefined
    : `renderer/${here.part} does not import renderer/${there.part}`;
}

function portsRefusal(here: Core): string | undefined {
  if (here.part === "rules" || here.part === "store") return `${here.part} files do not see the ports`;
  return isFace(here) ? FACE : undefined;
}

function coreRefusal(from: string, here: Core, target: string, there: Place): string | undefined {
  if (there.at !== "core") return "core never imports ipc, shells, app.ts or the renderer";
  const own = there.folder === here.folder;
  switch (here.part) {
    case "rules":
      if (there.part !== "rules") return "rules import shared and rules";
      return own || there.rank < here.rank ? undefined : wrongWay(here, there);
    case "store": {
      const allowed =
        target === "main/core/vault/sql.ts" || (own && (there.part === "rules" || there.part === "store"));
      return allowed ? undefined : "a store imports its own rules, vault/sql.ts and shared";
    }
    case "index":
      if (isFace(here) && !own) return FACE;
      break;
    case "actions":
    case "other":
      break;
  }
  if (own)
    return there.part === "index" && from !== target
      ? "a folder does not import its own index.ts"
      : undefined;
  if (there.rank >= here.rank) return wrongWay(here, there);
  return there.part === "index" || DOORS.includes(target)
    ? undefined
    : `only index.ts of ${there.folder} may be imported`;
}

function wrongWay(here: Core, there: Core): string {
  return `${there.folder} does not stand before ${here.folder}`;
}
