// The one importer of zod: jitless (the page's content policy forbids eval), strict objects by default.
import { z } from "zod";

z.config({ jitless: true });

export { z };
export type { ZodType } from "zod";

/** An object that refuses keys it does not name. */
export const object = z.strictObject;

/** A key that may be absent and never holds `undefined` (Automerge refuses undefined). */
export const optional = z.exactOptional;
