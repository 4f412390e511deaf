/** The threads: beside their passages where there is room for a column, in a list where there is not. */
import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { nt } from "../../lib/messages.ts";
import { type Editor as Writing, editors } from "../editing/editors.ts";
import { Editor } from "../editing/Editor.tsx";
import { beside } from "../layout.ts";
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

type Item = { key: string; wish: number; thread?: Thread; editor?: Writing };

export function ThreadColumn({ surface }: { surface: Surface }) {
  const column = useRef<HTMLDivElement>(null);
  const aligned = beside.value && surface.aligned;
  void layoutTick.value;
  const items = itemsOf(surface, aligned, column.current);
  const anchored = items.find(({ editor }) => editor)?.key ?? active.value;
  const entries = aligned ? fold(items, new Set(items.filter((one) => one.editor || one.key === active.value).map((one) => one.key))) : items.map(({ key }) => key);
  const byKey = new Map(items.map((item) => [item.key, item]));

  useLayoutEffect(() => {
    if (column.current) settle(column.current, aligned, anchored);
  });
  useHeights(column, () => column.current && settle(column.current, aligned, anchored));

  return (
    <div class={`thread-column${aligned ? " thread-column-beside" : ""}`} ref={column}>
      {entries.flatMap((entry) => {
        if (typeof entry === "string") return [<SlotOf item={byKey.get(entry) as Item} withQuote={!aligned} key={entry} />];
        const first = entry[0] as string;
        if (opened.value.has(first)) return entry.map((key) => <SlotOf item={byKey.get(key) as Item} key={key} />);
        return [<Fold keys={entry} wish={byKey.get(first)?.wish ?? 0} key={`fold-${first}`} />];
      })}
    </div>
  );
}

function SlotOf({ item, withQuote = false }: { item: Item; withQuote?: boolean }) {
  return (
    <div class="thread-slot" data-key={item.key} data-wish={item.wish}>
      {item.editor ? <Editor editor={item.editor} /> : item.thread && <ThreadCard thread={item.thread} withQuote={withQuote} />}
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

/** Threads and new texts in the order of the document, with the height at which each would like to stand. */
function itemsOf(surface: Surface, aligned: boolean, column: HTMLElement | null): Item[] {
  const top = column?.getBoundingClientRect().top ?? 0;
  const wishOf = (span: Thread["span"]) => (aligned && span ? Math.max(0, (surface.place(span)?.top ?? top) - top - 8) : 0);
  const writing = [...editors.value.values()].filter((one) => one.open && one.target && !one.annotation_id);
  const items: (Item & { start: number })[] = [
    ...placed.value.map((thread) => ({ key: thread.id, start: thread.span?.start ?? 0, wish: wishOf(thread.span), thread })),
    ...writing.map((editor) => ({ key: editor.key, start: (editor.span?.start ?? 0) - 0.5, wish: wishOf(editor.span), editor })),
  ];
  return items.sort((a, b) => a.start - b.start);
}

function settle(column: HTMLElement, aligned: boolean, anchored: string | null): void {
  const slots = [...column.querySelectorAll<HTMLElement>(":scope > .thread-slot")];
  if (!aligned) {
    for (const slot of slots) slot.style.transform = "";
    column.style.minHeight = "";
    return;
  }
  const measured = slots.map((slot) => ({ key: slot.dataset.key ?? "", wish: Number(slot.dataset.wish), height: slot.offsetHeight }));
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
      if (id && id !== active.value && !own && getSelection()?.isCollapsed !== false) activate(id, { scroll: true });
    };
    element.addEventListener("click", onClick);
    return () => {
      observer.disconnect();
      list.disconnect();
      element.removeEventListener("click", onClick);
    };
  }, [column]);
}
