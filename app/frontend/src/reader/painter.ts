/** What is painted on the document: computed from the threads, given to the surface. */
import { computed, effect } from "@preact/signals";
import { cursor } from "./cursor.ts";
import { editors } from "./editing/editors.ts";
import { active, isMine } from "./state.ts";
import type { Paint, Sign, Surface } from "./surface.ts";
import { ownMarks, placed, quoteOf, type Thread } from "./threads/model.ts";
import type { Span } from "./types.ts";
import { washes } from "./washes.ts";

const spansOf = (list: readonly Thread[]): Span[] => list.flatMap(({ span }) => (span ? [span] : []));

const lasting = computed<Map<Paint, readonly Span[]>>(() => {
  const own = placed.value.filter(({ head }) => isMine(head));
  const others = placed.value.filter(({ head }) => !isMine(head));
  return new Map<Paint, readonly Span[]>([
    ...washes(spansOf(others)),
    ["question", spansOf(placed.value.filter(({ question, solved }) => question && !solved))],
    ["mine", spansOf(own)],
    ["lost", ownMarks.value.flatMap(({ span }) => (span ? [span] : []))],
  ]);
});

/** Changes only when the paint does; never empty. */
const looks = computed(() => JSON.stringify([...lasting.value]));

export const signs = computed<Sign[]>(() =>
  placed.value.map((thread) => ({
    start: thread.span?.start ?? 0,
    label: quoteOf(thread).slice(0, 60),
    count: 1 + thread.replies.length,
    question: thread.question && !thread.solved,
    unread: thread.unread > 0,
    thread: thread.id,
  })),
);

/** Keeps the paint on the document up to date. */
export function startPainting(surface: Surface, choose: (thread: string) => void): void {
  // Painting hundreds of ranges takes time: only when where or how they are painted has changed.
  effect(() => {
    if (looks.value) surface.show(lasting.peek());
  });
  effect(() => {
    const thread = placed.value.find(({ id }) => id === active.value);
    surface.show(new Map([["active", thread?.span ? [thread.span] : []]]));
  });
  effect(() => {
    const writing = [...editors.value.values()].flatMap(({ span, open }) => (span && open ? [span] : []));
    surface.show(new Map([["writing", writing]]));
  });
  effect(() => surface.show(new Map([["cursor", cursor.value ? [cursor.value] : []]])));
  effect(() => surface.showSigns(signs.value, choose));
}
