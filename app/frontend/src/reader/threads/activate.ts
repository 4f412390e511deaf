/** Makes a thread the active one; page and list follow, but never jump. */
import { beside } from "../layout.ts";
import { active } from "../state.ts";
import type { Surface } from "../surface.ts";
import { threads } from "./model.ts";

let surface: Surface | null = null;
export const activateOn = (shown: Surface): void => {
  surface = shown;
};

type How = { scroll?: boolean; focus?: boolean };

export function activate(id: string | null, { scroll = false, focus = false }: How = {}): void {
  active.value = id;
  const thread = threads.value.find((one) => one.id === id);
  if (!thread) return;
  if (scroll && thread.span) surface?.scrollTo(thread.span);
  // Without a place in the document the card itself is what there is to see.
  else if (scroll) requestAnimationFrame(() => cardOf(thread.id)?.scrollIntoView({ block: "center" }));
  document.dispatchEvent(new CustomEvent("reader:activated", { detail: id }));
  // In the sheet the card may be out of sight; beside the document it stands at its passage.
  if (!beside.value) requestAnimationFrame(() => cardOf(thread.id)?.scrollIntoView({ block: "nearest" }));
  if (focus) requestAnimationFrame(() => cardOf(thread.id)?.focus({ preventScroll: true }));
}

export const cardOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-thread="${CSS.escape(id)}"]`);
