// A vault in a synced folder is refused: two laptops would write one database, and a provider would keep every old version.
import { basename, dirname } from "node:path";
import type { Files } from "../ports.ts";
import { FileTrouble } from "../ports.ts";

/** Own files of synchronisers. With `file`, only a file of that name counts (Dropbox also keeps a folder so named in the home). */
const MARKERS: readonly { readonly name: RegExp; readonly kind?: "file" | "folder" }[] = [
  { name: /^\.stfolder$/ }, // Syncthing
  { name: /^\.stversions$/ },
  { name: /^\.dropbox$/, kind: "file" },
  { name: /^\.dropbox\.cache$/ },
  { name: /^\._?sync_.*\.db(-wal|-shm)?$/ }, // Nextcloud, ownCloud
  { name: /^\.(owncloud|nextcloud)sync\.log$/ },
  { name: /^\.tmp\.drive(download|upload)$/ }, // Google Drive
  { name: /^\.seafile-data$/ },
  { name: /^\.megaignore$/ },
];

/** Names that synchronisers give to the folders they keep. */
const FOLDERS: readonly RegExp[] = [
  /^OneDrive( - .+)?$/i,
  /^iCloud ?Drive$/i,
  /^Mobile Documents$/, // iCloud on macOS
  /^com~apple~CloudDocs$/,
  /^Google ?Drive$/i,
  /^GoogleDrive-.+$/,
  /^Dropbox( \(.+\))?$/,
  /^Nextcloud$/i,
  /^ownCloud$/i,
  /^pCloud ?Drive$/i,
];

/** The name that shows `folder` (absolute, it need not exist) or a folder above it is synced, or `undefined`. */
export async function syncedMarker(files: Files, folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const name = basename(at);
    if (FOLDERS.some((pattern) => pattern.test(name))) return name;
    const found = await markerIn(files, at);
    if (found !== undefined) return found;
    if (dirname(at) === at) return undefined;
  }
}

async function markerIn(files: Files, folder: string): Promise<string | undefined> {
  try {
    for (const { name, kind } of await files.list(folder)) {
      if (MARKERS.some((marker) => marker.name.test(name) && (marker.kind ?? kind) === kind)) return name;
    }
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    // A folder above that cannot be listed tells nothing.
  }
  return undefined;
}
