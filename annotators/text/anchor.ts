/**
 * Describe a passage of a text by selectors, and find it again when the text has changed.
 * Twin of `anchor.py`: the same steps and numbers, held together by `cases.json`.
 */
import {
  type Anchored,
  CONTEXT,
  MAX_QUOTE,
  pick,
  type Selector,
  type TextPositionSelector,
  type TextQuoteSelector,
} from "../selectors.ts";
import { findChanged, remainsNear } from "./fuzzy.ts";
import { distance, type PointText, pointLength } from "./points.ts";

const ENOUGH = 48;
const ALIKE = 0.8;
const MARGIN = 0.1;
const TOUCH = 3;
const NEAR_ENOUGH = 16;
const FIRST_OF_MANY = 0.5;
const MOST_PLACES = 2000;

/** One place where the quote stands: where, how alike all of it is (0–1), how much still agrees. */
interface Place {
  start: number;
  score: number;
  evidence: number;
}

/** Return quote and position selectors of a passage (code points); throws RangeError for what is none. */
export function describe(text: PointText, start: number, end: number): Selector[] {
  if (!(start >= 0 && start < end && end <= text.length)) throw new RangeError("not a passage of this text");
  if (end - start > MAX_QUOTE) throw new RangeError("the passage is too long");
  return [
    {
      type: "TextQuoteSelector",
      exact: text.slice(start, end),
      prefix: text.slice(Math.max(0, start - CONTEXT), start),
      suffix: text.slice(end, Math.min(text.length, end + CONTEXT)),
    },
    { type: "TextPositionSelector", start, end },
  ];
}

/** Return where `selectors` point in `text`, or null if they are orphaned. */
export function anchor(text: PointText, selectors: readonly Selector[]): Anchored | null {
  const position = pick(selectors, "TextPositionSelector");
  const quote = pick(selectors, "TextQuoteSelector");
  if (!quote) return position ? byPosition(text, position) : null;
  if (position && confirmed(text, position.start, quote)) {
    const end = position.start + pointLength(quote.exact);
    return { span: { start: position.start, end }, how: "exact", score: 1 };
  }
  return findQuote(text, quote, position?.start);
}

/** Find a quote: with all its surroundings, then among all places of its words, then with changed words. */
export function findQuote(text: PointText, quote: TextQuoteSelector, hint?: number): Anchored | null {
  const { exact, prefix = "", suffix = "" } = quote;
  if (!prefix && !suffix) {
    const places = text.occurrences(exact, MOST_PLACES + 1);
    if (!places.length) return findChanged(text, quote);
    const best = bare(places, hint);
    return best && found(best, exact);
  }
  const whole = text.occurrences(prefix + exact + suffix, 2);
  if (whole.length > 1) {
    const start = (whole[0] as number) + pointLength(prefix);
    return hint === undefined ? found({ start, score: FIRST_OF_MANY, evidence: 0 }, exact) : null;
  }
  const place = whole.length
    ? { start: (whole[0] as number) + pointLength(prefix), score: 1, evidence: ENOUGH }
    : likeliest(text, quote);
  if (place === "unclear") return null;
  if (!place) return findChanged(text, quote);
  const moved = hint !== undefined && Math.abs(place.start - hint) > NEAR_ENOUGH;
  return moved && remainsNear(text, quote, hint, place.start) ? null : found(place, exact);
}

/** The place that still agrees enough, if there is one; "unclear" if another is nearly as good. */
function likeliest(text: PointText, quote: TextQuoteSelector): Place | "unclear" | undefined {
  const places = text.occurrences(quote.exact, MOST_PLACES + 1);
  if (places.length > MOST_PLACES) return undefined;
  const ranked = places.map((start) => judge(text, start, quote)).sort((a, b) => b.score - a.score);
  const enough = Math.min(ENOUGH, pointLength((quote.prefix ?? "") + quote.exact + (quote.suffix ?? "")));
  const best = ranked.find((place) => place.evidence >= enough);
  return best && !clear(ranked) ? "unclear" : best;
}

function byPosition(text: PointText, position: TextPositionSelector): Anchored | null {
  const { start, end } = position;
  return start < 0 || start > end || end > text.length
    ? null
    : { span: { start, end }, how: "position", score: 1 };
}

/** Whether quote and surroundings stand at the position, letter by letter. */
function confirmed(text: PointText, start: number, quote: TextQuoteSelector): boolean {
  const { exact, prefix = "", suffix = "" } = quote;
  const before = start - pointLength(prefix);
  return (
    before >= 0 &&
    before <= text.length &&
    text.units.startsWith(prefix + exact + suffix, text.toUnits(before))
  );
}

function found({ start, score }: Place, exact: string): Anchored {
  return { span: { start, end: start + pointLength(exact) }, how: "quote", score };
}

/** Choose for a quote without surroundings: the only place, the one by far nearest to the hint, or the first. */
function bare(places: number[], hint: number | undefined): Place | null {
  if (places.length === 1) return { start: places[0] as number, score: 1, evidence: 0 };
  if (hint === undefined)
    return places.length ? { start: places[0] as number, score: FIRST_OF_MANY, evidence: 0 } : null;
  if (places.length > MOST_PLACES) return null;
  const away = (start: number) => Math.abs(start - hint);
  const [near, next] = [...places].sort((a, b) => away(a) - away(b) || a - b) as [number, number];
  return away(near) * 4 < away(next) ? { start: near, score: 0.9, evidence: 0 } : null;
}

function judge(text: PointText, start: number, quote: TextQuoteSelector): Place {
  const { exact, prefix = "", suffix = "" } = quote;
  const length = pointLength(exact);
  const end = start + length;
  const before = text.slice(Math.max(0, start - pointLength(prefix)), start);
  const after = text.slice(end, Math.min(text.length, end + pointLength(suffix)));
  let [agreeing, total, evidence] = [length, length, length];
  for (const [told, words] of [
    [prefix, before],
    [suffix, after],
  ] as const) {
    const points = pointLength(told);
    const same = points - distance(told, words);
    agreeing += same;
    total += points;
    evidence += same >= ALIKE * points ? points : 0;
  }
  const touching =
    before.endsWith(Array.from(prefix).slice(-TOUCH).join("")) ||
    after.startsWith(Array.from(suffix).slice(0, TOUCH).join(""));
  const certain = touching || length >= ENOUGH;
  return { start, score: Math.max(0, agreeing) / total, evidence: certain ? evidence : 0 };
}

/** Whether the next place is far enough behind the best one. */
function clear(ranked: Place[]): boolean {
  const [best, next] = ranked;
  return !best || !next || best.score - next.score >= MARGIN;
}
