/** The texts that are being written: one editor for each new annotation, reply or edit. Nothing here is lost. */
import { computed, signal } from "@preact/signals";
import { newKey } from "../../lib/api.ts";
import { momentOf, wordsOf } from "../fragments.ts";
import { info } from "../page-info.ts";
import type { Passage } from "../surface.ts";
import type { Annotation, Audience, Motivation, Span, Target } from "../types.ts";

/** Where a text is safe: on the server, in this browser's storage, or only in this window. */
export type Kept = "server" | "browser" | "window";

export type Editor = {
  /** Name of the draft, and the Idempotency-Key under which it is posted. */
  key: string;
  /** Name of its place on the page; it stays when the key is renewed, so that the caret does. */
  slot: string;
  /** The annotation that is being changed, if it is not a new one. */
  annotation_id: string | null;
  parent_id: string | null;
  body: string;
  motivation: Motivation;
  audience: Audience;
  anonymous: boolean;
  target: Target | null;
  mentions: string[];
  composed_at: string;
  modified_at: string;
  typing_seconds: number;
  pasted: number;
  span: Span | null;
  quote: string;
  /** A closed editor is a draft in the list. */
  open: boolean;
  sending: boolean;
  /** It was on its way once: the same key may not carry other words. */
  tried: boolean;
  kept: Kept;
  kept_at: string | null;
  problem: string | null;
};

export const editors = signal<ReadonlyMap<string, Editor>>(new Map());
/** The editor that should get the focus when it appears. */
export const wantsFocus = signal<string | null>(null);

const EDIT = "edit:";

/** Slots of new annotations that are being written; as one text, so that a key press does not change it. */
const writing = computed(() => slotsOf((one) => one.target !== null && one.annotation_id === null));
/** Slots of annotations that are being changed. */
const changing = computed(() => slotsOf((one) => one.annotation_id !== null));
const slotsOf = (wanted: (one: Editor) => boolean): string =>
  [...editors.value.values()]
    .filter((one) => one.open && wanted(one))
    .map((one) => one.slot)
    .join(" ");

export const writingSlots = (): string[] => writing.value.split(" ").filter(Boolean);
export const isChanging = (annotation: string): boolean =>
  changing.value.split(" ").includes(EDIT + annotation);
/** Where a slot's text belongs, without following its changes. */
export const spanOfSlot = (slot: string): Span | null =>
  [...editors.peek().values()].find((one) => one.slot === slot)?.span ?? null;
export const inSlot = (slot: string): Editor | undefined =>
  [...editors.value.values()].find((one) => one.slot === slot);

function blank(): Editor {
  const now = new Date().toISOString();
  const key = newKey();
  return {
    key,
    slot: key,
    annotation_id: null,
    parent_id: null,
    body: "",
    motivation: "commenting",
    audience: usualAudience(),
    anonymous: false,
    target: null,
    mentions: [],
    composed_at: now,
    modified_at: now,
    typing_seconds: 0,
    pasted: 0,
    span: null,
    quote: "",
    open: true,
    sending: false,
    tried: false,
    kept: "window",
    kept_at: null,
    problem: null,
  };
}

export const usualAudience = (): Audience =>
  info.assignment.grouped && !info.viewer.staff ? "group" : "class";

/** Opens an editor on a passage; an empty one that is open already moves there instead. */
export function annotate(passage: Passage, motivation: Motivation): Editor {
  const unused = [...editors.value.values()].find(
    (one) => one.open && one.target && !one.body && !one.annotation_id,
  );
  if (unused) forget(unused.key);
  return open({
    ...blank(),
    motivation,
    target: { selector: passage.selectors },
    span: passage.span,
    quote: passage.quote,
  });
}

/** Opens the reply to a thread: the one that was begun, if there is one. */
export function reply(thread: Annotation): Editor {
  const begun = [...editors.value.values()].find((one) => one.parent_id === thread.id && !one.sending);
  return open(
    begun ?? { ...blank(), parent_id: thread.id, motivation: "replying", audience: thread.audience },
  );
}

export function edit(one: Annotation): Editor {
  const key = EDIT + one.id;
  const fresh = {
    ...blank(),
    key,
    slot: key,
    annotation_id: one.id,
    body: one.body,
    motivation: one.motivation,
  };
  return open(editors.value.get(key) ?? { ...fresh, audience: one.audience, parent_id: null });
}

function open(editor: Editor): Editor {
  const opened = { ...editor, open: true };
  put(opened);
  wantsFocus.value = opened.key;
  return opened;
}

export function put(editor: Editor): void {
  editors.value = new Map(editors.value).set(editor.key, editor);
}

export function change(key: string, what: Partial<Editor>): void {
  const known = editors.value.get(key);
  if (known) put({ ...known, ...what });
}

/** Takes a change by the writer; words that were on their way under the old key get a new one. */
export function write(key: string, what: Partial<Editor>): string {
  const known = editors.value.get(key);
  if (!known) return key;
  const renewed = known.tried && !known.annotation_id ? newKey() : key;
  const next = new Map(editors.value);
  next.delete(key);
  next.set(renewed, {
    ...known,
    ...what,
    key: renewed,
    tried: false,
    problem: null,
    kept: "window",
    modified_at: new Date().toISOString(),
  });
  editors.value = next;
  return renewed;
}

export function forget(key: string): void {
  const next = new Map(editors.value);
  next.delete(key);
  editors.value = next;
}

/** An editor from what was kept of it. */
export function revive(key: string, kept: Partial<Editor>): Editor {
  const position = kept.target?.selector.find((selector) => selector.type === "TextPositionSelector");
  const quote = kept.target?.selector.find((selector) => selector.type === "TextQuoteSelector");
  return {
    ...blank(),
    ...kept,
    key,
    slot: key,
    annotation_id: key.startsWith(EDIT) ? key.slice(EDIT.length) : null,
    span:
      kept.span ??
      (position ? { start: position.start, end: position.end } : momentOf(kept.target?.selector ?? [])),
    quote: kept.quote ?? quote?.exact ?? wordsOf(kept.target?.selector ?? []),
    sending: false,
    open: false,
  };
}
