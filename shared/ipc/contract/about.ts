// What this program says of itself.
import { object, z } from "../../schema.ts";
import { method } from "../method.ts";

export const aboutMethods = {
  "about.version": method({
    input: object({}),
    output: object({ program: z.string() }),
    errors: [],
    unlocked: false,
  }),
};
