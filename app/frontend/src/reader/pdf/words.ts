/** Where the words of a page stand, in percent of the page. Pure, so that it can be tested. */
import type { PointText } from "../../../../../annotators/text/points.ts";
import type { Span } from "../types.ts";

/** A row of the server's page table, see annotators/pdf/extract.py. */
export type PageTable = {
  number: number;
  width: number;
  height: number;
  start: number;
  end: number;
  words: number[];
};

/** `tail` is what stands between the word and the next one; the box is as high as the word's line. */
export type Word = { start: number; end: number; text: string; tail: string; rtl: boolean } & Rect;
export type Rect = { left: number; top: number; right: number; bottom: number };

const FIELDS = 5;
/** The table counts ten-thousandths. */
const UNIT = 100;
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** A line whose box is so much higher than its words holds words at different heights: turned, or raised. */
const MOST_LINE = 2.2;
/** Tight boxes of letters need some air, in parts of the line's height. */
const AIR = 0.12;

export function wordsOnPage(page: PageTable, axis: PointText): Word[] {
  const words: Word[] = [];
  let line: Word[] = [];
  for (let at = 0; at < page.words.length; at += FIELDS) {
    const [start = 0, x = 0, y = 0, width = 0, height = 0] = page.words.slice(at, at + FIELDS);
    const next = page.words[at + FIELDS];
    const end = next === undefined ? page.end : next - 1;
    const text = axis.slice(start, end);
    const tail = next === undefined ? "" : axis.slice(end, next);
    const box = { left: x / UNIT, top: y / UNIT, right: (x + width) / UNIT, bottom: (y + height) / UNIT };
    const word = { start, end, text, tail, rtl: RTL.test(text), ...box };
    words.push(word);
    line.push(word);
    if (tail === "\n" || next === undefined) {
      level(line);
      line = [];
    }
  }
  return words;
}

/** Gives the words of a line one height, so that what is marked is one band. */
function level(line: Word[]): void {
  const drawn = line.filter((word) => word.bottom > word.top);
  if (!drawn.length) return;
  const top = Math.min(...drawn.map((word) => word.top));
  const bottom = Math.max(...drawn.map((word) => word.bottom));
  const tallest = Math.max(...drawn.map((word) => word.bottom - word.top));
  const air = tallest * AIR;
  const same = bottom - top <= tallest * MOST_LINE;
  for (const word of drawn) {
    word.top = (same ? top : word.top) - air;
    word.bottom = (same ? bottom : word.bottom) + air;
  }
}

/** The bands that a span covers on a page: one for each line, or more where a line is torn. */
export function bandsOf(words: readonly Word[], { start, end }: Span): Rect[] {
  const bands: (Rect & { broken: boolean })[] = [];
  for (const word of words) {
    if (word.end <= start || word.start >= end || word.right <= word.left) continue;
    const part = partOf(word, start, end);
    const last = bands.at(-1);
    if (last && !last.broken && last.top === word.top && gap(last, part) < (word.bottom - word.top) * 3) {
      last.left = Math.min(last.left, part.left);
      last.right = Math.max(last.right, part.right);
    } else bands.push({ ...part, broken: false });
    (bands.at(-1) as { broken: boolean }).broken = word.tail === "\n";
  }
  return bands.map(({ broken: _broken, ...band }) => band);
}

const gap = (a: Rect, b: Rect): number => Math.max(b.left - a.right, a.left - b.right);

/** The part of a word's box that holds some of its letters, as if all were equally wide. */
function partOf(word: Word, start: number, end: number): Rect {
  const share = (point: number) => Math.min(1, Math.max(0, (point - word.start) / (word.end - word.start)));
  const [from, to] = word.rtl ? [1 - share(end), 1 - share(start)] : [share(start), share(end)];
  const width = word.right - word.left;
  return {
    left: word.left + from * width,
    right: word.left + to * width,
    top: word.top,
    bottom: word.bottom,
  };
}

/** The word nearest to a point, and the offset in it; heights weigh more, so that a line is kept to its end. */
export function nearestOffset(
  words: readonly Word[],
  x: number,
  y: number,
): { word: Word; index: number; at: number; inside: boolean } | null {
  let [best, least] = [-1, Infinity];
  words.forEach((word, index) => {
    if (word.right <= word.left) return;
    const dx = Math.max(word.left - x, x - word.right, 0);
    const dy = Math.max(word.top - y, y - word.bottom, 0) * 4;
    const far = dx * dx + dy * dy;
    if (far < least) [best, least] = [index, far];
  });
  const word = words[best];
  if (!word) return null;
  const across = Math.min(1, Math.max(0, (x - word.left) / (word.right - word.left)));
  const letters = (word.rtl ? 1 - across : across) * (word.end - word.start);
  return { word, index: best, at: word.start + Math.round(letters), inside: least < 0.15 };
}
