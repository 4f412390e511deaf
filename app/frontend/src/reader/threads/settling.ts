/** The column in the page: slots are moved to where `arrange` wants them, and again when something grows. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { active } from "../state.ts";
import { activate } from "./activate.ts";
import { arrange } from "./arrange.ts";

/** Counts up when the document's layout changed, so that the column is arranged anew. */
export const layoutTick = signal(0);

/** Puts the slots where they belong. */
export function settle(column: HTMLElement, aligned: boolean, anchored: string | null): void {
  const slots = [...column.querySelectorAll<HTMLElement>(":scope > .thread-slot")];
  if (!aligned) {
    for (const slot of slots) slot.style.transform = "";
    column.style.minHeight = "";
    return;
  }
  const measured = slots.map((slot) => ({
    key: slot.dataset.key ?? "",
    wish: Number(slot.dataset.wish),
    height: slot.offsetHeight,
  }));
  const places = arrange(measured, anchored);
  let end = 0;
  slots.forEach((slot, index) => {
    const top = places.get(slot.dataset.key ?? "") ?? 0;
    slot.style.transform = `translateY(${Math.round(top)}px)`;
    end = Math.max(end, top + (measured[index]?.height ?? 0));
  });
  column.style.minHeight = `${Math.ceil(end)}px`;
  letGlide(slots.filter((slot) => slot.dataset.placed === undefined));
}

/** A new slot stands at its place at once: gliding there, it would take the page along to where it came from. */
function letGlide(fresh: readonly HTMLElement[]): void {
  if (!fresh.length) return;
  // The place counts once a frame was drawn with it; asking for it now would lay the page out once more.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      for (const slot of fresh) slot.dataset.placed = "";
    }),
  );
}

/** Calls back when a card grows or shrinks by itself: a picture of a formula, a text area. Cards open on a click. */
export function useHeights(column: { current: HTMLElement | null }, changed: () => void): void {
  const latest = useRef(changed);
  latest.current = changed;
  useEffect(() => {
    const element = column.current;
    if (!element) return;
    const observer = new ResizeObserver(() => latest.current());
    const watchAll = () => {
      observer.disconnect();
      for (const slot of element.children) observer.observe(slot);
    };
    watchAll();
    const list = new MutationObserver(watchAll);
    list.observe(element, { childList: true });
    const onClick = (event: MouseEvent) => {
      const target = event.target as Element;
      const id = target.closest<HTMLElement>("[data-thread]")?.dataset.thread;
      const own = target.closest("button, a, summary, textarea, select, input, label, .menu-panel");
      if (id && id !== active.value && !own && getSelection()?.isCollapsed !== false)
        activate(id, { scroll: true });
    };
    element.addEventListener("click", onClick);
    const above = new ResizeObserver(() => {
      layoutTick.value += 1;
    });
    for (const part of document.querySelectorAll(".thread-panel-head, .thread-panel-top"))
      above.observe(part);
    return () => {
      above.disconnect();
      observer.disconnect();
      list.disconnect();
      element.removeEventListener("click", onClick);
    };
  }, [column]);
}
