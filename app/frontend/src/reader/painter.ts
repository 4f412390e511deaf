/** What is painted on the document: computed from the threads, given to the surface. */
import { computed, effect, type ReadonlySignal } from "@preact/signals";
import { cursor } from "./cursor.ts";
import { editors } from "./editing/editors.ts";
import { active, isMine } from "./state.ts";
import type { Paint, Place, Sign, Surface } from "./surface.ts";
import { ownMarks, placed, quoteOf, type Thread } from "./threads/model.ts";
import { washes } from "./washes.ts";

const spansOf = (list: readonly Thread[]): Place[] => list.flatMap(({ span }) => (span ? [span] : []));

const lasting = computed<Map<Paint, readonly Place[]>>(() => {
  const own = placed.value.filter(({ head }) => isMine(head));
  const others = spansOf(placed.value.filter(({ head }) => !isMine(head)));
  const washed = washes(others.filter(({ region }) => !region));
  washed.get("others")?.push(...others.filter(({ region }) => region));
  return new Map<Paint, readonly Place[]>([
    ...washed,
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
    ...(thread.span?.region && { region: thread.span.region }),
  })),
);

/** Keeps the paint on the document up to date. */
export function startPainting(surface: Surface, choose: (thread: string) => void): void {
  // Painting hundreds of ranges takes time: only when where or how they are painted has changed.
  afterwards(looks, () => surface.show(lasting.peek()));
  afterwards(signs, () => surface.showSigns(signs.peek(), choose));
  effect(() => {
    const thread = placed.value.find(({ id }) => id === active.value);
    surface.show(new Map([["active", thread?.span ? [thread.span] : []]]));
  });
  effect(() => {
    const writing = [...editors.value.values()].flatMap(({ span, open }) => (span && open ? [span] : []));
    surface.show(new Map([["writing", writing]]));
  });
  effect(() => surface.show(new Map([["cursor", cursor.value ? [cursor.value] : []]])));
}

/** Does the work once the threads themselves are on the screen; once, however often the value changed until then. */
function afterwards(changes: ReadonlySignal<unknown>, work: () => void): void {
  let waits = false;
  effect(() => {
    if (changes.value === undefined || waits) return;
    waits = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        waits = false;
        work();
      }),
    );
  });
}
