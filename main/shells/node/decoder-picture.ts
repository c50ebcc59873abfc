// Looks for a QR code in a stranger's picture; runs only in the disposable process.
import jsqr from "jsqr";
import sharp, { type OutputInfo } from "sharp";

/** A telephone's camera makes fifty million points at most; a bomb says that it has more. */
const mostPixels = 64_000_000;
/** Edges, in points, at which the code is looked for: small ones blur the noise, large ones keep a small code. */
const largest = 2_000;
const edges = [1_000, 500, largest];

/** What is said of a picture. */
type Picture = { readonly code: string } | { readonly none: "picture" | "code" };

const begins: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x52, 0x49, 0x46, 0x46], // WebP
];

/** The text of the code, or whether there was no picture or no code in it. */
export async function readPicture(bytes: Uint8Array): Promise<Picture> {
  // Of all that the library can parse, only what cameras and screenshots make.
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({
    operation: ["VipsForeignLoadPngBuffer", "VipsForeignLoadJpegBuffer", "VipsForeignLoadWebpBuffer"],
  });
  sharp.cache(false);
  sharp.concurrency(1);
  if (!begins.some((begin) => begin.every((octet, at) => bytes[at] === octet))) return { none: "picture" };
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", pages: 1 })
      .flatten({ background: "white" })
      .resize({ width: largest, height: largest, fit: "inside", withoutEnlargement: true })
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return await codeIn(data, info);
  } catch {
    return { none: "picture" };
  }
}

async function codeIn(points: Uint8Array, { width, height, channels }: OutputInfo): Promise<Picture> {
  for (const edge of edges) {
    const { data, info } = await sharp(points, { raw: { width, height, channels } })
      .resize({ width: edge, height: edge, fit: "inside", withoutEnlargement: true })
      .median(3)
      .toColourspace("srgb")
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const found = jsqr.default(new Uint8ClampedArray(data), info.width, info.height);
    if (found !== null && found.data !== "") return { code: found.data };
  }
  return { none: "code" };
}
