/**
 * The reading cursor: a passage chosen by keyboard, word by word or sentence by sentence, beside the browser's own
 * selection, which not everybody can make or hear.
 */
import { signal } from "@preact/signals";
import { t } from "../lib/messages.ts";
import { announce } from "./announce.ts";
import type { Passage, Surface } from "./surface.ts";
import type { Span } from "./types.ts";

/** What the cursor stands on; null while it is not in use. */
export const cursor = signal<Span | null>(null);

/** Puts the cursor on the first sentence on screen, or on a given place. */
export function startCursor(surface: Surface, at?: number): void {
  const from = at ?? surface.visible()?.start ?? 0;
  move(surface, surface.unit("sentence", from, 0));
}

export function endCursor(): void {
  cursor.value = null;
}

/** Moves to the next or previous word or sentence; `grow` keeps what is chosen and adds to it, or takes back. */
export function step(surface: Surface, kind: "word" | "sentence", direction: -1 | 1, grow: boolean): void {
  const now = cursor.value;
  if (!now) startCursor(surface);
  else if (!grow)
    move(surface, surface.unit(kind, direction > 0 ? now.end : now.start, direction > 0 ? 0 : -1));
  else if (direction > 0) {
    const next = surface.unit(kind, now.end, 0);
    move(surface, next && { start: now.start, end: next.end });
  } else shrink(surface, kind, now);
}

function shrink(surface: Surface, kind: "word" | "sentence", now: Span): void {
  const last = surface.unit(kind, now.end, -1);
  if (!last || last.start <= now.start) return;
  const before = surface.unit(kind, last.start, -1);
  move(surface, { start: now.start, end: before ? Math.max(before.end, now.start + 1) : last.start });
}

function move(surface: Surface, span: Span | null): void {
  if (!span || span.end <= span.start) {
    announce(t("The text ends here."));
    return;
  }
  cursor.value = span;
  surface.scrollTo(span);
  announce(surface.passage(span)?.quote ?? "");
}

/** What is chosen, as a passage to write on. */
export const chosen = (surface: Surface): Passage | null =>
  cursor.value ? surface.passage(cursor.value) : null;
