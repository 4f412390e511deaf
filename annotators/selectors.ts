/** What an annotation points with: W3C selectors, and the span they lead to. Twin of `selectors.py`. */

/** Code points of prefix and suffix that `describe` writes. */
export const CONTEXT = 32;
/** Code points that a quote may have. */
export const MAX_QUOTE = 5000;

/** A stretch of a document's axis: code points of its text, or seconds. `end` is not included. */
export interface Span {
  start: number;
  end: number;
}

/** How a place was found; `block` only in the browser, where a translation has replaced the words. */
export type How = "exact" | "position" | "quote" | "fuzzy";

/** Where selectors point today, how it was found, and how sure that is (0–1). */
export interface Anchored {
  span: Span;
  how: How;
  score: number;
}

export interface TextQuoteSelector {
  type: "TextQuoteSelector";
  exact: string;
  prefix?: string;
  suffix?: string;
}

export interface TextPositionSelector {
  type: "TextPositionSelector";
  start: number;
  end: number;
}

export interface FragmentSelector {
  type: "FragmentSelector";
  value: string;
  conformsTo?: string;
}

/** The block that holds the words, as `#` and its `data-block` id. */
export interface CssSelector {
  type: "CssSelector";
  value: string;
}

export type Selector = TextQuoteSelector | TextPositionSelector | FragmentSelector | CssSelector;

/** Return the first selector of this type, or undefined. */
export function pick<T extends Selector["type"]>(
  selectors: readonly Selector[],
  type: T,
): Extract<Selector, { type: T }> | undefined {
  return selectors.find((one): one is Extract<Selector, { type: T }> => one.type === type);
}
