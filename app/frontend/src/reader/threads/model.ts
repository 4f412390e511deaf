/** Threads out of annotations: who answers whom, in the order of the document; and which of them are asked for. */
import { computed, signal } from "@preact/signals";
import { regionOf, wordsOf } from "../fragments.ts";
import { info } from "../page-info.ts";
import { annotations, isMine, isUnread, leaving, mine, roster, threadOf } from "../state.ts";
import type { Place } from "../surface.ts";
import type { Annotation } from "../types.ts";

export type Thread = {
  id: string;
  head: Annotation;
  replies: Annotation[];
  span: Place | null;
  question: boolean;
  solved: boolean;
  unread: number;
};

export type Show = "all" | "questions" | "unanswered" | "unread" | "mine";
export type Filter = { show: Show; person: string; tag: string; words: string };
export const NO_FILTER: Filter = { show: "all", person: "", tag: "", words: "" };

export const filter = signal<Filter>(NO_FILTER);
/** The unread threads when “unread” was chosen: they stay in the list while they are being read. */
const unreadThen = signal<ReadonlySet<string>>(new Set());

const inOrder = (a: Annotation, b: Annotation): number =>
  a.created < b.created ? -1 : a.created > b.created ? 1 : a.id < b.id ? -1 : 1;

/** Everything that may be seen now, threads by their place in the document. */
export const threads = computed<Thread[]>(() => {
  const replies = new Map<string, Annotation[]>();
  const heads: Annotation[] = [];
  for (const one of annotations.value.values()) {
    if (leaving.value.has(one.id) || forOthersEyes(one)) continue;
    if (!one.parent_id) heads.push(one);
    else replies.set(threadOf(one), [...(replies.get(threadOf(one)) ?? []), one]);
  }
  for (const all of replies.values()) all.sort(inOrder);
  const known = new Set(heads.map(({ id }) => id));
  // Of a thread that was taken from view one's own replies are left: the first of them stands for it.
  for (const [id, [first]] of replies) if (first && !known.has(id)) heads.push(first);
  return heads
    .map((head) =>
      made(
        head,
        (replies.get(threadOf(head)) ?? []).filter((one) => one !== head),
      ),
    )
    .sort(byPlace);
});

/** In a preview the teacher sees what the class may see. */
const forOthersEyes = (one: Annotation): boolean =>
  info.viewer.previewing && (one.audience === "staff" || one.audience === "self" || one.hidden);

function placeOf({ span, target }: Annotation): Place | null {
  const region = regionOf(target.selector);
  return span && region ? { ...span, region } : span;
}

function made(head: Annotation, replies: Annotation[]): Thread {
  return {
    id: threadOf(head),
    head,
    replies,
    span: placeOf(head),
    question: head.motivation === "questioning",
    solved: head.resolved,
    unread: [head, ...replies].filter(isUnread).length,
  };
}

const byPlace = (a: Thread, b: Thread): number =>
  (a.span?.start ?? Infinity) - (b.span?.start ?? Infinity) || inOrder(a.head, b.head);

export const shown = computed<Thread[]>(() => threads.value.filter(matches));
/** Threads beside the text, and those that lost their place. */
export const placed = computed<Thread[]>(() => shown.value.filter((thread) => thread.span));
export const orphans = computed<Thread[]>(() => shown.value.filter((thread) => !thread.span));
/** Changes only when a thread stands elsewhere: what is read or endorsed does not move anything. */
export const places = computed(() =>
  placed.value.map(({ id, span }) => `${id} ${span?.start} ${span?.end}`).join(),
);
export const unreadCount = computed(() => threads.value.reduce((sum, thread) => sum + thread.unread, 0));

export const isFiltered = computed(() => JSON.stringify(filter.value) !== JSON.stringify(NO_FILTER));

export function choose(change: Partial<Filter>): void {
  if (change.show === "unread")
    unreadThen.value = new Set(threads.value.filter((thread) => thread.unread).map((thread) => thread.id));
  filter.value = { ...filter.value, ...change };
}

function matches(thread: Thread): boolean {
  const { show, person, tag, words } = filter.value;
  const all = [thread.head, ...thread.replies];
  return (
    SHOWS[show](thread, all) &&
    (!person || all.some((one) => one.creator === person)) &&
    (!tag || all.some((one) => one.tags.includes(tag))) &&
    (!words || all.some((one) => says(one, words.toLocaleLowerCase())))
  );
}

const SHOWS: Record<Show, (thread: Thread, all: Annotation[]) => boolean> = {
  all: () => true,
  questions: ({ question }) => question,
  unanswered: ({ question, solved, replies }) =>
    question && !solved && !replies.some((reply) => !reply.deleted && !isOwnThread(reply)),
  unread: ({ id, unread }) => unread > 0 || unreadThen.value.has(id),
  mine: (_thread, all) => all.some(isMine),
};

/** The asker's own additions do not answer the question. */
const isOwnThread = (reply: Annotation): boolean => {
  const head = annotations.value.get(threadOf(reply));
  return Boolean(head && reply.creator && head.creator === reply.creator);
};

function says(one: Annotation, words: string): boolean {
  const quote = one.target.selector.find((selector) => selector.type === "TextQuoteSelector");
  const author = roster.value.get(one.creator ?? "")?.name ?? "";
  return [one.body, quote?.exact ?? "", author].some((text) => text.toLocaleLowerCase().includes(words));
}

/** The people and tags that can be chosen from. */
export const authors = computed(() => {
  const ids = new Set([...annotations.value.values()].map((one) => one.creator));
  return [...roster.value.values()]
    .filter((person) => ids.has(person.id))
    .sort((a, b) => a.name.localeCompare(b.name));
});
export const tags = computed(() =>
  [...new Set([...annotations.value.values()].flatMap((one) => one.tags))].sort(),
);

/** What a thread is about: the words as they stood in the text, the moment, the area of a page. */
export function quoteOf({ head }: Pick<Thread, "head">): string {
  const quote = head.target.selector.find((selector) => selector.type === "TextQuoteSelector");
  return [wordsOf(head.target.selector), quote?.exact.replace(/\s+/g, " ").trim()]
    .filter(Boolean)
    .join(" · ");
}

/** Own marks count on the strip beside the threads. */
export const ownMarks = computed(() => [...mine.value.marks.values()]);
