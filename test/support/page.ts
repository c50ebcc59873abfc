// A page that carries messages and nothing else.
import { fileURLToPath } from "node:url";

export const tinyPage = fileURLToPath(new URL("./page/", import.meta.url));
