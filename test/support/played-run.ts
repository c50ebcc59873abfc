// The supervisor with a played shell, as a program: what `npm start` runs, but for who sits before it.
import { supervise } from "../../main/shells/chromium/supervise.ts";

const { CANARY_PAGE: rendererFolder = "", CANARY_CHROMIUM: chromium = "", DISPLAY: display } = process.env;
const window = supervise(
  { rendererFolder, chromium, headless: display === undefined },
  new URL("./played-shell.ts", import.meta.url),
);
// With the test that started it, however that ends.
for (const end of ["SIGINT", "SIGTERM", "disconnect"] as const) process.on(end, () => void window.end());
process.exit((await window.ended) ? 0 : 1);
