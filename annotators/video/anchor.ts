/** Moments and intervals of a video or sound, in seconds. Twin of `anchor.py`. */
import { type Box, parseFragment, writeBox, writeNumber } from "../fragments.ts";
import { type Anchored, pick, type Selector } from "../selectors.ts";

const MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/";

/** Seconds by which a moment may lie after the end: players and containers round differently. */
const GRACE = 0.5;

/** Return the selectors of a moment, or of an interval; `quote` is a transcript line, which only refines. */
export function describe(start: number, end?: number, more: { box?: Box; quote?: string } = {}): Selector[] {
  if (!(start >= 0) || (end !== undefined && !(end >= start))) throw new RangeError("not an interval");
  const time = `t=${writeNumber(start)}${end === undefined ? "" : `,${writeNumber(end)}`}`;
  const value = more.box ? `${time}&${writeBox(more.box)}` : time;
  const fragment: Selector = { type: "FragmentSelector", value, conformsTo: MEDIA_FRAGMENTS };
  return more.quote
    ? [fragment, { type: "TextQuoteSelector", exact: more.quote, prefix: "", suffix: "" }]
    : [fragment];
}

/** Return the interval that selectors point at, cut at `duration`; what begins after it is an orphan (null). */
export function anchor(selectors: readonly Selector[], duration?: number): Anchored | null {
  const fragment = parseFragment(pick(selectors, "FragmentSelector")?.value ?? "");
  if (fragment?.start === undefined) return null;
  const { start, end = start } = fragment;
  if (duration === undefined) return { span: { start, end }, how: "position", score: 1 };
  if (start > duration + GRACE) return null;
  return {
    span: { start: Math.min(start, duration), end: Math.min(end, duration) },
    how: "position",
    score: 1,
  };
}
