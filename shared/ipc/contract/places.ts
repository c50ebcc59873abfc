// Choosing a folder or file: what lies where on this laptop and its drives, by token and name, never by path.
import { object, optional, z } from "../../schema.ts";
import { fileFailures } from "../failures.ts";
import { FileToken, method } from "../method.ts";

const PlaceKind = z.enum(["home", "documents", "drive", "last", "folder"]);

/** What a folder is for Waypost. */
const Holds = z.enum(["nothing", "vault", "backup", "other"]);

export const Place = object({ token: FileToken, name: z.string(), kind: PlaceKind, free: optional(z.int()) });

export const placesMethods = {
  /** One folder's content; without `at`, where a person would begin. Each token is good until two other folders were listed. */
  "places.list": method({
    input: object({ at: optional(FileToken), want: z.enum(["file", "folder"]) }),
    output: object({
      here: object({ ...Place.shape, holds: Holds, synced: z.boolean(), writable: z.boolean() }),
      up: optional(FileToken),
      /** Home, documents, every drive that is plugged in. */
      roots: z.array(Place),
      entries: z.array(
        object({
          token: FileToken,
          name: z.string(),
          kind: z.enum(["folder", "file"]),
          holds: optional(Holds),
          size: optional(z.int()),
          changed: optional(z.int()),
        }),
      ),
      /** Entries beyond the first thousand are not listed. */
      more: z.int(),
    }),
    errors: fileFailures,
    unlocked: false,
  }),
  "places.makeFolder": method({
    input: object({ at: FileToken, name: z.string().min(1).max(100) }),
    output: object({ token: FileToken, name: z.string() }),
    errors: [...fileFailures, "FolderNameInvalid", "FolderThere"],
    unlocked: false,
  }),
  /** A place that was chosen stays good while others are listed: as long as the shell lives. */
  "places.hold": method({
    input: object({ token: FileToken }),
    output: object({ token: FileToken }),
    errors: ["UnknownFile"],
    unlocked: false,
  }),
  /** The vault this laptop opened last, where its folder is still there. */
  "places.last": method({
    input: object({}),
    output: object({ vault: optional(object({ token: FileToken, name: z.string() })) }),
    errors: [],
    unlocked: false,
  }),
};
