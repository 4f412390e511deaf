/** What is selected in the document, once the hand is at rest. */
import { signal } from "@preact/signals";
import { cursor } from "./cursor.ts";
import type { Passage, Surface } from "./surface.ts";

export type Selected = Passage & { box: DOMRect };
export const selected = signal<Selected | null>(null);

const REST_MS = 120;
let down = false;
let timer = 0;

/** Follows the browser's selection by mouse, touch and keyboard. */
export function watchSelection(surface: Surface): void {
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => look(surface), REST_MS);
  };
  document.addEventListener("selectionchange", () => {
    // While the mouse is down the end is not chosen yet; touch tells nothing until the hand is off.
    if (!down) later();
  });
  document.addEventListener("pointerdown", (event) => {
    down = event.pointerType === "mouse";
  });
  for (const name of ["pointerup", "pointercancel"])
    document.addEventListener(name, () => {
      down = false;
      later();
    });
}

function look(surface: Surface): void {
  const selection = getSelection();
  const focused = document.activeElement;
  // A field has a selection of its own; what was chosen in the text stays chosen while one presses the bar.
  if (focused?.closest("textarea, input, .selection-bar")) return;
  const passage = selection && surface.describe(selection);
  const area = passage ? null : surface.area?.();
  const areaBox = area?.span && surface.place(area.span);
  if (area && areaBox) selected.value = { ...area, box: areaBox };
  else selected.value = passage && selection ? { ...passage, box: boxOf(selection) } : null;
  if (passage) cursor.value = null;
}

function boxOf(selection: Selection): DOMRect {
  const range = selection.getRangeAt(0);
  return range.getClientRects()[0] ?? range.getBoundingClientRect();
}

export function unselect(): void {
  getSelection()?.removeAllRanges();
  selected.value = null;
}
