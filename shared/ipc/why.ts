// Why a window ended: the one word that the next window is told, behind `#` in its address.

/**
 * A person closed it; she locked the vault; the vault locked itself, since nobody was here or the laptop slept; the core ended
 * by itself; the page left or broke.
 */
export const whys = ["closed", "locked", "left", "core-ended", "page-ended"] as const;
export type Why = (typeof whys)[number];
