/** Find a passage whose own words have changed a little. Twin of `fuzzy.py`, which says how and why. */
import type { Anchored, TextQuoteSelector } from "../selectors.ts";
import { distance, PointText, pointLength } from "./points.ts";

const PIECE = 8;
const MOST_HITS = 50;
const MOST_CANDIDATES = 8;
const STRICT = 0.9;
const STRICT_QUOTE = 0.8;
const MARGIN = 0.1;
const DAMAGED = 0.7;
const NEAR = 128;
const AROUND = 32;

interface Candidate {
  start: number;
  end: number;
  score: number;
}

/** Return the one passage that is nearly the quote, or null: also when two are nearly as good. */
export function findChanged(text: PointText, quote: TextQuoteSelector): Anchored | null {
  const candidates = findCandidates(text, quote);
  const best = candidates[0];
  if (!best || best.score < STRICT || !sameEnough(text, quote, best)) return null;
  const rival = candidates.slice(1).find((one) => one.start >= best.end || one.end <= best.start);
  if (rival && best.score - rival.score < MARGIN) return null;
  return { span: { start: best.start, end: best.end }, how: "fuzzy", score: best.score };
}

/** Whether the damaged original, or the gap it left, still stands near `hint`: then `found` is only a twin. */
export function remainsNear(text: PointText, quote: TextQuoteSelector, hint: number, found: number): boolean {
  const { exact, prefix = "", suffix = "" } = quote;
  const [length, before, after] = [pointLength(exact), pointLength(prefix), pointLength(suffix)];
  const begin = Math.min(Math.max(0, hint - before - NEAR), text.length);
  const window = new PointText(text.slice(begin, Math.min(text.length, hint + length + after + NEAR)));
  const damaged = findCandidates(window, quote);
  if (damaged.some((one) => one.score >= DAMAGED && Math.abs(begin + one.start - found) > PIECE)) return true;
  const around = before + after;
  if (around < 2 * PIECE) return false;
  const gaps = findCandidates(window, { type: "TextQuoteSelector", exact: prefix + suffix });
  const ofTwin = (at: number) => at >= found - around && at < found + length + around;
  return gaps.some((gap) => gap.score >= STRICT && !ofTwin(begin + gap.start));
}

/** Passages that may be the quote, the likeliest first. */
function findCandidates(text: PointText, quote: TextQuoteSelector): Candidate[] {
  const whole = Array.from((quote.prefix ?? "") + quote.exact + (quote.suffix ?? ""));
  const slack = 4 + Math.floor(whole.length / 10);
  const candidates: Candidate[] = [];
  for (const shift of shifts(text, whole, slack)) {
    const one = look(text, quote, shift, slack);
    if (one && !candidates.some((other) => other.start === one.start && other.end === one.end))
      candidates.push(one);
  }
  return candidates.sort((a, b) => b.score - a.score || a.start - b.start);
}

/** Where the whole may begin: most agreeing pieces first, then the earliest; one for each neighbourhood. */
function shifts(text: PointText, whole: string[], slack: number): number[] {
  const votes = new Map<number, number>();
  for (let offset = 0; offset + PIECE <= whole.length; offset += PIECE) {
    const hits = text.occurrences(whole.slice(offset, offset + PIECE).join(""), MOST_HITS + 1);
    if (hits.length > MOST_HITS) continue;
    for (const hit of hits) votes.set(hit - offset, (votes.get(hit - offset) ?? 0) + 1);
  }
  const chosen: number[] = [];
  for (const [shift] of [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    if (chosen.every((other) => Math.abs(shift - other) > slack)) chosen.push(shift);
    if (chosen.length === MOST_CANDIDATES) break;
  }
  return chosen;
}

/** Set both ends of the passage near `shift`, and measure it. */
function look(text: PointText, quote: TextQuoteSelector, shift: number, slack: number): Candidate | null {
  const [exact, prefix, suffix] = [quote.exact, quote.prefix ?? "", quote.suffix ?? ""].map((part) =>
    Array.from(part),
  ) as [string[], string[], string[]];
  const guess = shift + prefix.length;
  const start = edge(text, guess, slack, prefix.slice(-AROUND), exact.slice(0, AROUND));
  const end = edge(text, guess + exact.length, slack, exact.slice(-AROUND), suffix.slice(0, AROUND));
  if (start >= end) return null;
  const before = text.slice(Math.max(0, start - prefix.length), start);
  const after = text.slice(end, Math.min(text.length, end + suffix.length));
  const errors =
    distance(quote.exact, text.slice(start, end)) +
    distance(quote.prefix ?? "", before) +
    distance(quote.suffix ?? "", after);
  const total = prefix.length + exact.length + suffix.length;
  return { start, end, score: Math.max(0, total - errors) / total };
}

/** The offset near `guess` with `left` best before it and `right` best after it; nearest wins. */
function edge(text: PointText, guess: number, slack: number, left: string[], right: string[]): number {
  const [before, after] = [left.join(""), right.join("")];
  let best = guess;
  let least = left.length + right.length + 1;
  for (let step = 0; step <= 2 * slack; step += 1) {
    const at = guess + Math.floor((step + 1) / 2) * (step % 2 ? 1 : -1);
    if (at < 0 || at > text.length) continue;
    const errors =
      distance(before, text.slice(Math.max(0, at - left.length), at)) +
      distance(after, text.slice(at, Math.min(text.length, at + right.length)));
    if (errors < least) [best, least] = [at, errors];
    if (least === 0) break;
  }
  return Math.min(Math.max(best, 0), text.length);
}

/** A quote of three letters may have lost one where its surroundings stand; longer ones a fifth. */
function sameEnough(text: PointText, quote: TextQuoteSelector, candidate: Candidate): boolean {
  const length = pointLength(quote.exact);
  const errors = distance(quote.exact, text.slice(candidate.start, candidate.end));
  if (quote.prefix || quote.suffix) {
    return length >= 3 && errors <= Math.max(1, Math.floor(length * (1 - STRICT_QUOTE) + 1e-9));
  }
  return length >= 3 * PIECE && errors <= Math.floor(length * (1 - STRICT) + 1e-9);
}
