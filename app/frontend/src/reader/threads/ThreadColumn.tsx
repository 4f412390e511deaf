/** The threads: beside their passages where there is room for a column, in a list where there is not. */
import { signal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { nt } from "../../lib/messages.ts";
import { EditorIn } from "../editing/Editor.tsx";
import { spanOfSlot, writingSlots } from "../editing/editors.ts";
import { beside } from "../layout.ts";
import { askedAt, QUESTION_SLOT } from "../questions/asking.ts";
import { QuestionEditor } from "../questions/QuestionEditor.tsx";
import { active } from "../state.ts";
import type { Surface } from "../surface.ts";
import { fold } from "./arrange.ts";
import { useGradually } from "./gradually.ts";
import { placed, places, type Thread } from "./model.ts";
import { layoutTick, settle, useHeights } from "./settling.ts";
import { ThreadCard } from "./ThreadCard.tsx";

/** Folds that somebody opened, by the first thread in them. */
const opened = signal<ReadonlySet<string>>(new Set());

type Item = { key: string; start: number; wish: number; thread?: Thread };

export function ThreadColumn({ surface }: { surface: Surface }) {
  const column = useRef<HTMLDivElement>(null);
  const aligned = beside.value && surface.aligned;
  const tick = layoutTick.value;
  // Places are measured anew when something moved, not at each drawing.
  const moved = places.value;
  const wishes = useMemo(
    () => wishesOf(placed.peek(), surface, aligned, column.current),
    [moved, surface, aligned, tick],
  );
  const standing = placed.value.map((thread) => itemOf(thread, wishes.get(thread.id) ?? 0));
  const slots = [...(askedAt.value === undefined ? [] : [QUESTION_SLOT]), ...writingSlots()];
  const items = [...standing, ...slots.map((slot) => writingItem(slot, surface, aligned, column.current))];
  items.sort((a, b) => a.start - b.start);
  const anchored = slots[0] ?? active.value;
  const entries = aligned
    ? fold(items, new Set([...slots, active.value ?? ""]), anchored)
    : items.map(({ key }) => key);
  const byKey = new Map(items.map((item) => [item.key, item]));
  const drawn = useGradually(entries.length, entries.findIndex((entry) => holds(entry, anchored)) + 1);

  useLayoutEffect(() => {
    if (column.current) settle(column.current, aligned, anchored);
  });
  useHeights(column, () => column.current && settle(column.current, aligned, anchored));

  return (
    <div class={`thread-column${aligned ? " thread-column-beside" : ""}`} ref={column}>
      {entries.slice(0, drawn).flatMap((entry) => {
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

const holds = (entry: string | string[], key: string | null): boolean =>
  key !== null && (entry === key || entry.includes(key));

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

type Standing = Pick<Thread, "id" | "span">;
type Where = [surface: Surface, aligned: boolean, column: HTMLElement | null];

/** The height at which each thread would like to stand. */
function wishesOf(threads: readonly Standing[], ...[surface, aligned, column]: Where): Map<string, number> {
  const top = column?.getBoundingClientRect().top ?? 0;
  const wish = (span: Thread["span"]) =>
    aligned && span ? Math.max(0, (surface.place(span)?.top ?? top) - top - 8) : 0;
  return new Map(threads.map(({ id, span }) => [id, wish(span)]));
}

const itemOf = (thread: Thread, wish: number): Item => ({
  key: thread.id,
  start: thread.span?.start ?? 0,
  wish,
  thread,
});

/** A new text stands just before what others wrote at the same place. */
function writingItem(slot: string, ...where: Where): Item {
  const span = slot === QUESTION_SLOT ? (askedAt.value ?? null) : spanOfSlot(slot);
  const wish = wishesOf([{ id: slot, span }], ...where).get(slot) ?? 0;
  return { key: slot, start: (span?.start ?? 0) - 0.5, wish };
}
