/** Words and sentences of a text, for reading it by keyboard. Offsets are code points. */
import type { PointText } from "../../../../../annotators/text/points.ts";
import type { Span } from "../types.ts";

/** The unit at an offset (step 0), the next (1) or the one before (-1), within `bounds`; null past the end. */
export function unitAt(
  text: PointText,
  kind: "word" | "sentence",
  at: number,
  bounds: Span,
  locale: string,
): Span | null {
  const units = unitsIn(text.slice(bounds.start, bounds.end), kind, locale);
  const offset = text.toUnits(at) - text.toUnits(bounds.start);
  const found = units.find(([, end]) => offset < end);
  if (!found) return null;
  const base = text.toUnits(bounds.start);
  return { start: text.toPoints(base + found[0]), end: text.toPoints(base + found[1]) };
}

/** Starts and ends in UTF-16 units, white space at the edges left out. */
function unitsIn(text: string, kind: "word" | "sentence", locale: string): [number, number][] {
  return pieces(text, kind, locale)
    .map(([start, words]): [number, number] => {
      const from = start + (words.length - words.trimStart().length);
      return [from, from + words.trim().length];
    })
    .filter(([start, end]) => end > start);
}

function pieces(text: string, kind: "word" | "sentence", locale: string): [number, string][] {
  if (typeof Intl.Segmenter === "function") {
    const parts = [...new Intl.Segmenter(locale || "en", { granularity: kind }).segment(text)];
    return parts
      .filter((part) => kind === "sentence" || part.isWordLike)
      .map((part) => [part.index, part.segment]);
  }
  // Browsers at the floor (Firefox 115) have no Segmenter.
  const pattern = kind === "word" ? /[\p{L}\p{N}'’-]+/gu : /[^.!?…]+[.!?…]*["”’)]*\s*/gu;
  return [...text.matchAll(pattern)].map((match) => [match.index, match[0]]);
}
