/** The threads: beside their passages where there is room for a column, in a list where there is not. */
import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { nt } from "../../lib/messages.ts";
import { EditorIn } from "../editing/Editor.tsx";
import { spanOfSlot, writingSlots } from "../editing/editors.ts";
import { beside } from "../layout.ts";
import { askedAt, QUESTION_SLOT } from "../questions/asking.ts";
import { QuestionEditor } from "../questions/QuestionEditor.tsx";
import { active } from "../state.ts";
import type { Surface } from "../surface.ts";
import { activate } from "./activate.ts";
import { arrange, fold } from "./arrange.ts";
import { placed, type Thread } from "./model.ts";
import { ThreadCard } from "./ThreadCard.tsx";

/** Folds that somebody opened, by the first thread in them. */
const opened = signal<ReadonlySet<string>>(new Set());
/** Counts up when the document's layout changed, so that the column is arranged anew. */
export const layoutTick = signal(0);

type Item = { key: string; start: number; wish: number; thread?: Thread };

export function ThreadColumn({ surface }: { surface: Surface }) {
  const column = useRef<HTMLDivElement>(null);
  const aligned = beside.value && surface.aligned;
  const tick = layoutTick.value;
  const list = placed.value;
  // Places are measured anew when the layout has changed, not at each drawing.
  const standing = useMemo(
    () => threadItems(list, surface, aligned, column.current),
    [list, surface, aligned, tick],
  );
  const slots = [...(askedAt.value === undefined ? [] : [QUESTION_SLOT]), ...writingSlots()];
  const items = [...standing, ...slots.map((slot) => writingItem(slot, surface, aligned, column.current))];
  items.sort((a, b) => a.start - b.start);
  const anchored = slots[0] ?? active.value;
  const entries = aligned
    ? fold(items, new Set([...slots, active.value ?? ""]))
    : items.map(({ key }) => key);
  const byKey = new Map(items.map((item) => [item.key, item]));

  useLayoutEffect(() => {
    if (column.current) settle(column.current, aligned, anchored);
  });
  useHeights(column, () => column.current && settle(column.current, aligned, anchored));

  return (
    <div class={`thread-column${aligned ? " thread-column-beside" : ""}`} ref={column}>
      {entries.flatMap((entry) => {
        if (typeof entry === "string")
          return [<SlotOf item={byKey.get(entry) as Item} withQuote={!aligned} key={entry} />];
        const first = entry[0] as string;
        if (opened.value.has(first))
          return entry.map((key) => <SlotOf item={byKey.get(key) as Item} key={key} />);
        return [<Fold keys={entry} wish={byKey.get(first)?.wish ?? 0} key={`fold-${first}`} />];
      })}
    </div>
  );
}

function SlotOf({ item, withQuote = false }: { item: Item; withQuote?: boolean }) {
  return (
    <div class="thread-slot" data-key={item.key} data-wish={item.wish}>
      {item.thread && <ThreadCard thread={item.thread} withQuote={withQuote} />}
      {!item.thread && (item.key === QUESTION_SLOT ? <QuestionEditor /> : <EditorIn slot={item.key} />)}
    </div>
  );
}

function Fold({ keys, wish }: { keys: string[]; wish: number }) {
  const open = () => {
    opened.value = new Set([...opened.value, keys[0] as string]);
  };
  return (
    <div class="thread-slot" data-key={`fold-${keys[0]}`} data-wish={wish}>
      <button class="thread-fold" type="button" onClick={open}>
        {nt("%(num)s more thread here", "%(num)s more threads here", keys.length)}
      </button>
    </div>
  );
}

type Where = [surface: Surface, aligned: boolean, column: HTMLElement | null];

/** The height at which something on a span would like to stand. */
function wishOf(span: Thread["span"], ...[surface, aligned, column]: Where): number {
  const top = column?.getBoundingClientRect().top ?? 0;
  return aligned && span ? Math.max(0, (surface.place(span)?.top ?? top) - top - 8) : 0;
}

const threadItems = (threads: readonly Thread[], ...where: Where): Item[] =>
  threads.map((thread) => ({
    key: thread.id,
    start: thread.span?.start ?? 0,
    wish: wishOf(thread.span, ...where),
    thread,
  }));

/** A new text stands just before what others wrote at the same place. */
function writingItem(slot: string, ...where: Where): Item {
  const span = slot === QUESTION_SLOT ? (askedAt.value ?? null) : spanOfSlot(slot);
  return { key: slot, start: (span?.start ?? 0) - 0.5, wish: wishOf(span, ...where) };
}

function settle(column: HTMLElement, aligned: boolean, anchored: string | null): void {
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
}

/** Calls back when a card grows or shrinks by itself: a picture of a formula, a text area. Cards open on a click. */
function useHeights(column: { current: HTMLElement | null }, changed: () => void): void {
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
