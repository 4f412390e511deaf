/**
 * What the reading page knows: three maps (annotations, roster, mine). GET, POST's answer and the live
 * envelope all come in through `upsert`; the higher `seq` wins, the same twice is harmless.
 */
import { computed, signal } from "@preact/signals";
import { info } from "./page-info.ts";
import type { Annotation, Mark, Person, Vote } from "./types.ts";

export type Mine = {
  /** Annotations of the viewer, those without a name too. */
  own: ReadonlySet<string>;
  votes: ReadonlySet<string>;
  seen: ReadonlySet<string>;
  reported: ReadonlySet<string>;
  marks: ReadonlyMap<string, Mark>;
};

export const annotations = signal<ReadonlyMap<string, Annotation>>(new Map());
/** What others wrote while the viewer was reading; shown when asked for. */
export const waiting = signal<ReadonlyMap<string, Annotation>>(new Map());
export const roster = signal<ReadonlyMap<string, Person>>(new Map());
export const mine = signal<Mine>({
  own: new Set(),
  votes: new Set(),
  seen: new Set(),
  reported: new Set(),
  marks: new Map(),
});
/** The thread that the viewer looks at, by the id of its first annotation. */
export const active = signal<string | null>(null);
/** Annotations whose deletion can still be undone. */
export const leaving = signal<ReadonlySet<string>>(new Set());
/** How many people are lost where: counts in equal steps of the axis, never who. */
export const lostBins = signal<readonly number[]>([]);
export const loaded = signal(false);
export const present = signal(0);

/** Takes one or many annotations in; returns whether something changed. */
export function upsert(...arrived: Annotation[]): boolean {
  const next = new Map(annotations.value);
  let changed = false;
  for (const one of arrived) {
    const known = next.get(one.id);
    if (known && known.seq >= one.seq) continue;
    next.set(one.id, one);
    changed = true;
  }
  if (changed) annotations.value = next;
  stopWaiting(arrived.map((one) => one.id));
  return changed;
}

/** Takes in what others did just now: what is known changes at once, what is new waits. */
export function arrive(one: Annotation): void {
  if (annotations.value.has(one.id) || isMine(one)) upsert(one);
  else if ((waiting.value.get(one.id)?.seq ?? -1) < one.seq)
    waiting.value = new Map(waiting.value).set(one.id, one);
}

/** Shows what has been waiting: all of it, or one thread's part. */
export function showWaiting(thread?: string): Annotation[] {
  const chosen = [...waiting.value.values()].filter((one) => !thread || threadOf(one) === thread);
  upsert(...chosen);
  return chosen;
}

export function remove(id: string): void {
  const next = new Map(annotations.value);
  // Only itself: replies that go with it are told one by one, and a viewer's own one may stay.
  next.delete(id);
  annotations.value = next;
  stopWaiting([id]);
}

function stopWaiting(ids: string[]): void {
  if (!ids.some((id) => waiting.value.has(id))) return;
  const next = new Map(waiting.value);
  for (const id of ids) next.delete(id);
  waiting.value = next;
}

export function changeMine(change: Partial<Mine>): void {
  mine.value = { ...mine.value, ...change };
}

export const withAdded = <T>(set: ReadonlySet<T>, ...items: T[]): ReadonlySet<T> =>
  new Set([...set, ...items]);
export function without<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  next.delete(item);
  return next;
}

/** The id of the thread that an annotation belongs to. */
export const threadOf = (one: Annotation): string =>
  one.parent_id ? (one.thread_id ?? one.parent_id) : one.id;

export const voteKey = (id: string, vote: Vote): string => `${vote}:${id}`;
export const isMine = (one: Annotation): boolean =>
  one.creator === info.viewer.id || mine.value.own.has(one.id);
export const isUnread = (one: Annotation): boolean =>
  !mine.value.seen.has(one.id) && !isMine(one) && !one.deleted;

/** How many of the viewer's annotations count towards what is expected. */
export const ownProgress = computed(() => {
  const written = [...annotations.value.values()].filter(
    (one) => isMine(one) && !one.deleted && one.audience !== "self" && one.motivation !== "highlighting",
  );
  return {
    annotations: written.length,
    questions: written.filter((one) => one.motivation === "questioning").length,
  };
});
