/** What is painted on the document: computed from the threads, given to the surface. */
import { computed, effect } from "@preact/signals";
import { cursor } from "./cursor.ts";
import { editors } from "./editing/editors.ts";
import { active, isMine } from "./state.ts";
import type { Paint, Sign, Surface } from "./surface.ts";
import { ownMarks, placed, quoteOf, type Thread } from "./threads/model.ts";
import type { Span } from "./types.ts";

type Edge = { at: number; step: 1 | -1 };

/** Cuts overlapping spans into pieces by how many lie on them: 1, 2–3, 4 and more. */
export function washes(spans: readonly Span[]): Map<Paint, Span[]> {
  const edges: Edge[] = spans.flatMap(({ start, end }): Edge[] => [
    { at: start, step: 1 },
    { at: end, step: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at || a.step - b.step);
  const found = new Map<Paint, Span[]>([
    ["others", []],
    ["others-more", []],
    ["others-most", []],
  ]);
  let depth = 0;
  edges.forEach(({ at, step }, index) => {
    depth += step;
    const next = edges[index + 1]?.at ?? at;
    if (depth > 0 && next > at) found.get(washOf(depth))?.push({ start: at, end: next });
  });
  return found;
}

const washOf = (depth: number): Paint => (depth > 3 ? "others-most" : depth > 1 ? "others-more" : "others");

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
  effect(() => surface.show(lasting.value));
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
