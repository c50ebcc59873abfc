// Light, dark or full contrast: as she set it, else as her system is set.
import { useEffect } from "react";

export type Theme = "system" | "light" | "dark" | "contrast";

/** Puts the theme on the page, and follows the system where she set nothing. */
export function useTheme(theme: Theme): void {
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const contrast = matchMedia("(prefers-contrast: more)");
    const put = () => {
      document.documentElement.dataset["theme"] =
        theme !== "system" ? theme : contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
    };
    put();
    dark.addEventListener("change", put);
    contrast.addEventListener("change", put);
    return () => {
      dark.removeEventListener("change", put);
      contrast.removeEventListener("change", put);
    };
  }, [theme]);
}
