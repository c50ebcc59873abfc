// Builds what runs under Node and Electron: the windows' processes, the core and the decoder as modules under their own names, and the preload script.
import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** Programs and threads that are started by name; the rest of the modules follow from them. */
const PROGRAMS = [
  "main/shells/electron/main",
  "main/shells/chromium/shell",
  "main/shells/node/core-entry",
  "main/shells/node/decoder-entry",
  "main/shells/node/decoder-picture-entry",
  "main/core/safety/strength-worker",
];
const PRELOAD = "main/shells/electron/preload";

/** Files that programs read beside themselves. */
const READ = [
  "main/shells/electron/icon.png",
  ...readdirSync("main/core/vault/migrations").map((name) => `main/core/vault/migrations/${name}`),
];

const alongside: Plugin = {
  name: "alongside",
  generateBundle() {
    for (const fileName of READ) this.emitFile({ type: "asset", fileName, source: readFileSync(fileName) });
  },
};

/** `--mode preload` builds the preload script, alone. */
export default defineConfig(({ mode }) => {
  const preload = mode === "preload";
  const names = preload ? [PRELOAD] : PROGRAMS;
  return {
    plugins: preload ? [] : [alongside],
    ssr: { external: true },
    build: {
      ssr: true,
      outDir: "dist/app",
      emptyOutDir: !preload,
      target: "node24",
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, `${name}.ts`])),
        output: preload
          ? { format: "cjs" as const, entryFileNames: "[name].cjs" }
          : {
              format: "es" as const,
              preserveModules: true,
              preserveModulesRoot: ".",
              entryFileNames: "[name].mjs",
            },
      },
    },
  };
});
