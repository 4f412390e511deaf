/** Passages and rectangles of a PDF. Twin of `anchor.py`. */
import { type Box, parseFragment, writeBox } from "../fragments.ts";
import { type Anchored, pick, type Selector, type Span } from "../selectors.ts";
import * as words from "../text/anchor.ts";
import type { PointText } from "../text/points.ts";

const PAGE_BREAK = "\f";
const MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/";

/** Return the selectors of a passage (code points), with the page on which it begins. */
export function describe(text: PointText, start: number, end: number): Selector[] {
  const number = text.slice(0, start).split(PAGE_BREAK).length;
  const page: Selector = { type: "FragmentSelector", value: `page=${number}`, conformsTo: MEDIA_FRAGMENTS };
  return [...words.describe(text, start, end), page];
}

/** Return the selector of a rectangle on a page (1…). */
export function describeRegion(page: number, box: Box): Selector[] {
  return [{ type: "FragmentSelector", value: `page=${page}&${writeBox(box)}`, conformsTo: MEDIA_FRAGMENTS }];
}

/** Return where selectors point: words by their text; a rectangle or a page at its page's range. */
export function anchor(text: PointText, selectors: readonly Selector[]): Anchored | null {
  if (pick(selectors, "TextQuoteSelector") || pick(selectors, "TextPositionSelector")) {
    return words.anchor(text, selectors);
  }
  const page = parseFragment(pick(selectors, "FragmentSelector")?.value ?? "")?.page;
  const span = page ? pageSpan(text, page) : null;
  return span && { span, how: "position", score: 1 };
}

/** Return the range of a page (1…) on the axis, without the break after it; null where there is none. */
export function pageSpan(text: PointText, number: number): Span | null {
  let start = 0;
  for (let page = 1; page < number; page += 1) {
    start = text.units.indexOf(PAGE_BREAK, start) + 1;
    if (start === 0) return null;
  }
  const end = text.units.indexOf(PAGE_BREAK, start);
  return { start: text.toPoints(start), end: end < 0 ? text.length : text.toPoints(end) };
}
