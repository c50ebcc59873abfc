// Builds the page: one HTML file and hashed assets, nothing inline, as the content policy of every shell demands.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

type Locked = {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
};
const read = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");
const { packages } = JSON.parse(read("package-lock.json")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** What the page is made of, with all it needs. The build fails where something else came in. */
const inPage = [
  "@fontsource-variable/noto-sans",
  "@fontsource-variable/noto-sans-arabic",
  "@fontsource-variable/noto-sans-bengali",
  "@fontsource-variable/noto-sans-devanagari",
  "@fontsource-variable/noto-sans-ethiopic",
  "@fontsource-variable/noto-sans-myanmar",
  "@tanstack/react-query",
  "@tanstack/react-virtual",
  "lucide-react",
  "react",
  "react-aria-components",
  "react-dom",
];

function closure(names: readonly string[], found = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    const place = `node_modules/${name}`;
    if (found.has(place)) continue;
    found.add(place);
    closure(Object.keys(packages[place]?.dependencies ?? {}), found);
  }
  return found;
}

/** The words a package is given with: its own files, whole. */
function wordsIn(place: string): string {
  const files = readdirSync(join(import.meta.dirname, place))
    .filter((name) => /^(licen[cs]e|copying|notice|thirdpartynotices)/i.test(name))
    .toSorted();
  return files.map((name) => read(join(place, name)).trim()).join("\n\n");
}

/** Puts the licences of everything that is shipped into `renderer/features/settings/licences.ts`, from the packages themselves. */
function licences(): Plugin {
  const page = closure(inPage);
  const shipped = Object.entries(packages).flatMap(([place, locked]) =>
    place !== "" &&
    (locked.dev !== true || page.has(place)) &&
    existsSync(join(import.meta.dirname, place, "package.json"))
      ? [
          {
            name: place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length),
            version: locked.version,
            licence: locked.license ?? "",
            words: wordsIn(place),
          },
        ]
      : [],
  );
  return {
    name: "licences",
    load: (id) =>
      id.endsWith("/renderer/features/settings/licences.ts")
        ? `export const shipped = ${JSON.stringify(shipped)};`
        : undefined,
    generateBundle(_, bundle) {
      const built = Object.values(bundle).flatMap((one) => (one.type === "chunk" ? one.moduleIds : []));
      const unnamed = built.flatMap((id) => {
        const place = /.*(node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
        return place === undefined || page.has(place) || packages[place]?.dev !== true ? [] : [place];
      });
      if (unnamed.length > 0) this.error(`in the page and not named: ${[...new Set(unnamed)].join(", ")}`);
    },
  };
}

export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [licences(), react()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "es2024",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 3_000,
  },
});
