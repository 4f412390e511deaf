/** What can be done with a passage: the same deeds from the bar, from single keys and from the reading cursor. */
import { t } from "../lib/messages.ts";
import { announce } from "./announce.ts";
import { chosen, endCursor } from "./cursor.ts";
import { highlight, lostHere } from "./deeds.ts";
import { annotate } from "./editing/editors.ts";
import { raiseSheet } from "./layout.ts";
import { ask } from "./questions/asking.ts";
import { selected, unselect } from "./selection.ts";
import { active } from "./state.ts";
import type { Passage, Surface } from "./surface.ts";

export type Deed = "comment" | "question" | "lost" | "highlight" | "ask";
/** Single keys while a passage is being chosen by keyboard. */
export const DEED_KEYS: Record<string, Deed> = {
  Enter: "comment",
  c: "comment",
  q: "question",
  x: "lost",
  h: "highlight",
};

/** The passage that is selected, that the reading cursor stands on, or the moment that is shown. */
export const pointedAt = (surface: Surface): Passage | null =>
  selected.value ?? chosen(surface) ?? surface.here?.() ?? null;

export function act(surface: Surface, deed: Deed, passage: Passage): void {
  unselect();
  endCursor();
  if (deed === "ask") ask(passage);
  else if (deed === "lost") void lostHere(passage);
  else if (deed === "highlight")
    void highlight(passage).then((done) => done && announce(t("Highlighted, for you alone.")));
  else {
    active.value = null;
    annotate(passage, deed === "question" ? "questioning" : "commenting");
    raiseSheet();
    if (passage.span) surface.scrollTo(passage.span);
  }
}
