/** Fills the three maps from the API. */
import { api } from "../lib/api.ts";
import { own } from "./page-info.ts";
import { annotations, changeMine, loaded, mine, roster, upsert, voteKey } from "./state.ts";
import type { Annotation, Mark, Person, Vote } from "./types.ts";

type List<T> = { items: T[]; next: string | null };
export type MineAnswer = {
  annotations: string[];
  votes: Record<Vote, string[]>;
  seen: string[];
  reported: string[];
  marks: Mark[];
  position: number | null;
};

/** All annotations, a page at a time; each page is shown as it comes. */
export async function loadAnnotations(): Promise<void> {
  let cursor: string | null = null;
  do {
    const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const page: List<Annotation> = await api<List<Annotation>>(own(`/annotations?limit=200${more}`));
    upsert(...page.items);
    cursor = page.next;
  } while (cursor);
  loaded.value = true;
}

/** Starts over: what is not in the list any more goes. */
export async function reloadAnnotations(): Promise<void> {
  const before = new Set(annotations.value.keys());
  annotations.value = new Map();
  await loadAnnotations().catch((error) => {
    loaded.value = before.size > 0;
    throw error;
  });
}

export async function loadRoster(): Promise<void> {
  const { items } = await api<List<Person>>(own("/roster"));
  roster.value = new Map(items.map((person) => [person.id, person]));
}

/** What is the viewer's alone; returns where reading stopped. */
export async function loadMine(): Promise<number | null> {
  const found = await api<MineAnswer>(own("/mine"));
  const votes = (["helpful", "me_too"] as const).flatMap((vote) =>
    (found.votes?.[vote] ?? []).map((id) => voteKey(id, vote)),
  );
  changeMine({
    own: new Set([...mine.value.own, ...(found.annotations ?? [])]),
    votes: new Set(votes),
    seen: new Set([...mine.value.seen, ...(found.seen ?? [])]),
    reported: new Set(found.reported ?? []),
    marks: new Map((found.marks ?? []).map((mark) => [mark.id, mark])),
  });
  return found.position ?? null;
}
