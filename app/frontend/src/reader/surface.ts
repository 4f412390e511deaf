/**
 * What a medium gives to the reading page. Text is in `text/`; a new medium brings its own folder with one
 * function that returns a Surface, and is named in `surfaces.ts`. After this, text, pages and moments are the
 * same thing: a span on one axis (code points, or seconds).
 */
import type { ComponentChildren } from "preact";
import type { Box } from "../../../../annotators/fragments.ts";
import type { Selector, Span } from "./types.ts";

/** What can be painted on a span; the higher ones lie on top. */
export type Paint =
  | "others"
  | "others-more"
  | "others-most"
  | "question"
  | "mine"
  | "lost"
  | "active"
  | "writing"
  | "cursor";

/** A rectangle on a page or a picture, in percent of it. */
export type Region = Box & { page?: number };

/** A span; where only a rectangle of it is meant, with that rectangle. */
export type Place = Span & { region?: Region };

/** A passage that somebody points at now. */
export type Passage = {
  selectors: Selector[];
  span: Place | null;
  /** The words, or the moment, as it is shown to people. */
  quote: string;
};

export type Heading = { level: number; text: string; start: number };

/** A sign beside the document for the threads that begin there; it can be reached by keyboard. */
export type Sign = {
  start: number;
  label: string;
  count: number;
  question: boolean;
  unread: boolean;
  thread: string;
  region?: Region;
};

/** A stretch that was played without a jump; `seconds` is how long that took in all. */
export type Played = Span & { seconds: number; began_at: string };

/** A question on the timeline. A `holding` one lets nobody past. */
export type Stop = { id: string; at: number; holding: boolean };

export interface Surface {
  /** The element that holds the document. */
  readonly root: HTMLElement;
  /** End of the axis. */
  readonly length: number;
  /** Whether threads can stand beside their passages (not on a timeline). */
  readonly aligned: boolean;
  /** Selectors of what is selected, or null where nothing of the document is. */
  describe(selection: Selection): Passage | null;
  /** Selectors of a span. */
  passage(span: Span): Passage | null;
  /** Paints spans; everything painted before under these names goes. */
  show(spans: ReadonlyMap<Paint, readonly Place[]>): void;
  showSigns(signs: readonly Sign[], choose: (thread: string) => void): void;
  scrollTo(span: Place, how?: "start" | "nearest"): void;
  /** What of the axis is on screen. */
  visible(): Span | null;
  /** Where the span stands in the window now; null if it cannot be shown. */
  place(span: Place): DOMRect | null;
  /** The offset under a point of the window. */
  offsetAt(x: number, y: number): number | null;
  headings(): Heading[];
  /** The word or sentence at an offset, or the one after or before it: for reading by keyboard. */
  unit(kind: "word" | "sentence", at: number, step: -1 | 0 | 1): Span | null;
  /** The part of the document after which something about a span can stand; only where a document has parts. */
  blockAfter?(span: Span): Element | null;
  /** Calls back when the document's layout changed. */
  onLayout(changed: () => void): void;
  /** A rectangle that is drawn and not yet written on, where the medium has such. */
  area?(): Passage | null;
  /** The moment that is shown now: what is annotated where nothing is selected. */
  here?(): Passage | null;
  /** What was really played since the last call, on a timeline. */
  played?(): Played[];
  /** Further single keys for the map; the surface listens to them itself. */
  readonly keys?: readonly { key: string; name?: string; words: () => string }[];
  /** What stands in the contents beside the headings. */
  contents?(): ComponentChildren;
  /** Moments at which the medium halts, and whom to tell when one is reached. */
  stopAt?(stops: readonly Stop[], reached: (id: string) => void): void;
}
