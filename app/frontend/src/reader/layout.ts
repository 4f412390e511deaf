/** Which of the three layouts the window has room for. */
import { signal } from "@preact/signals";

const wide = matchMedia("(min-width: 56.25rem)");
/** Threads beside the document; else they are in a sheet at the lower edge. */
export const beside = signal(wide.matches);
wide.addEventListener("change", () => {
  beside.value = wide.matches;
});

export const touch = matchMedia("(pointer: coarse)").matches;

/** The sheet's three heights. */
export type SheetHeight = "low" | "half" | "full";
export const sheet = signal<SheetHeight>("low");
/** Opens the sheet at least half way, so that what was asked for is on screen. */
export const raiseSheet = (): void => {
  if (!beside.value && sheet.value === "low") sheet.value = "half";
};
