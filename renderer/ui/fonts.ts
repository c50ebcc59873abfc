// The family of the program: Noto Sans with its companions, shipped with it; one family on screen and paper.
import "@fontsource-variable/noto-sans";
import "@fontsource-variable/noto-sans-arabic";
import "@fontsource-variable/noto-sans-bengali";
import "@fontsource-variable/noto-sans-devanagari";
import "@fontsource-variable/noto-sans-ethiopic";
import "@fontsource-variable/noto-sans-myanmar";
