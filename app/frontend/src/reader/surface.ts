/**
 * What a medium gives to the reading page. Text is in `text/`; a new medium brings its own folder with one
 * function that returns a Surface, and is named in `surfaces.ts`. After this, text, pages and moments are the
 * same thing: a span on one axis (code points, or seconds).
 */
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

/** A passage that somebody points at now. */
export type Passage = {
  selectors: Selector[];
  span: Span | null;
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
};

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
  show(spans: ReadonlyMap<Paint, readonly Span[]>): void;
  showSigns(signs: readonly Sign[], choose: (thread: string) => void): void;
  scrollTo(span: Span, how?: "start" | "nearest"): void;
  /** What of the axis is on screen. */
  visible(): Span | null;
  /** Where the span stands in the window now; null if it cannot be shown. */
  place(span: Span): DOMRect | null;
  /** The offset under a point of the window. */
  offsetAt(x: number, y: number): number | null;
  headings(): Heading[];
  /** The word or sentence at an offset, or the one after or before it: for reading by keyboard. */
  unit(kind: "word" | "sentence", at: number, step: -1 | 0 | 1): Span | null;
  /** The part of the document after which something about a span can stand; only where a document has parts. */
  blockAfter?(span: Span): Element | null;
  /** Calls back when the document's layout changed. */
  onLayout(changed: () => void): void;
}
