/** Fills the three maps from the API. */
import { api } from "../lib/api.ts";
import { onChange } from "./live/envelope.ts";
import { own } from "./page-info.ts";
import {
  annotations,
  changeMine,
  loaded,
  lostBins,
  mine,
  roster,
  upsert,
  voteKey,
  waiting,
} from "./state.ts";
import type { Annotation, Mark, Person, Vote } from "./types.ts";

type List<T> = { items: T[]; next: string | null };
/** `head` is where to catch up from. */
type AnnotationList = List<Annotation> & { head: string };
export type MineAnswer = {
  annotations: string[];
  endorsements: Record<string, Vote[]>;
  seen: string[];
  reported: string[];
  marks: Mark[];
  position: number | null;
};

/** All annotations, a page at a time, each shown as it comes; returns the cursor from which live updates go on. */
export async function loadAnnotations(): Promise<string | null> {
  let head: string | null = null;
  let cursor: string | null = null;
  do {
    const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const page: AnnotationList = await api<AnnotationList>(own(`/annotations?limit=200${more}`));
    upsert(...page.items);
    head ??= page.head;
    cursor = page.next;
  } while (cursor);
  loaded.value = true;
  return head;
}

/** Starts over: what is not in the list any more goes. */
export async function reloadAnnotations(): Promise<string | null> {
  annotations.value = new Map();
  waiting.value = new Map();
  return loadAnnotations();
}

export async function loadRoster(): Promise<void> {
  const { items } = await api<List<Person>>(own("/roster"));
  roster.value = new Map(items.map((person) => [person.id, person]));
}

export async function loadMarks(): Promise<void> {
  lostBins.value = (await api<{ bins: number[] }>(own("/marks"))).bins;
}

/** How many are lost where is told as it changes, and one's own marks to one's other windows. */
export function listenToMarks(): void {
  onChange("marks.changed", ({ object }) => {
    lostBins.value = object.bins as number[];
  });
  onChange("mark.changed", ({ object }) => {
    changeMine({ marks: new Map(mine.value.marks).set(object.id, object as unknown as Mark) });
  });
  onChange("mark.removed", ({ object }) => {
    const marks = new Map(mine.value.marks);
    marks.delete(object.id);
    changeMine({ marks });
  });
}

/** What is the viewer's alone; returns where reading stopped. */
export async function loadMine(): Promise<number | null> {
  const found = await api<MineAnswer>(own("/mine"));
  const votes = Object.entries(found.endorsements).flatMap(([id, kinds]) =>
    kinds.map((vote) => voteKey(id, vote)),
  );
  changeMine({
    own: new Set([...mine.value.own, ...found.annotations]),
    votes: new Set(votes),
    seen: new Set([...mine.value.seen, ...found.seen]),
    reported: new Set(found.reported),
    marks: new Map(found.marks.map((mark) => [mark.id, mark])),
  });
  return found.position;
}
