// Run by the packager before it signs: sets the fuse that the packager itself does not know.
import { join } from "node:path";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import type { AfterPackContext } from "electron-builder";

/** No process of Electron runs WebAssembly: what does are core and decoder, under Node. So V8 needs no signal handlers for it. */
export async function afterPack({
  appOutDir,
  electronPlatformName,
  packager,
}: AfterPackContext): Promise<void> {
  const { productFilename } = packager.appInfo;
  const binary = {
    darwin: `${productFilename}.app`,
    win32: `${productFilename}.exe`,
    linux: packager.config.linux?.executableName ?? productFilename,
  }[electronPlatformName];
  if (binary === undefined) throw new Error(`no fuses are known for ${electronPlatformName}`);
  await flipFuses(join(appOutDir, binary), {
    version: FuseVersion.V1,
    [FuseV1Options.WasmTrapHandlers]: false,
  });
}
