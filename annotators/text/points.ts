/**
 * A text whose offsets are code points, as on the server, although JavaScript counts UTF-16 units.
 * Built once for a document; every conversion afterwards is a binary search among its astral characters.
 */
export class PointText {
  /** The text as JavaScript has it. */
  readonly units: string;
  /** Length in code points. */
  readonly length: number;
  /** Unit offsets of the characters that take two units, ascending. */
  readonly #astral: number[] = [];

  constructor(units: string) {
    this.units = units;
    for (const match of units.matchAll(/[\u{10000}-\u{10ffff}]/gu)) this.#astral.push(match.index);
    this.length = units.length - this.#astral.length;
  }

  /** Turn an offset in UTF-16 units into one in code points. */
  toPoints(unit: number): number {
    return unit - countBelow(this.#astral.length, (index) => (this.#astral[index] as number) < unit);
  }

  /** Turn an offset in code points into one in UTF-16 units. */
  toUnits(point: number): number {
    // the n-th astral character begins at unit a, which is code point a - n
    return (
      point + countBelow(this.#astral.length, (index) => (this.#astral[index] as number) - index < point)
    );
  }

  /** The text between two offsets in code points. */
  slice(start: number, end: number): string {
    return this.units.slice(this.toUnits(start), this.toUnits(end));
  }

  /** Offsets in code points of at most `most` places of `words`, overlapping ones too. */
  occurrences(words: string, most: number): number[] {
    const found: number[] = [];
    for (let at = this.units.indexOf(words); at >= 0 && found.length < most; ) {
      found.push(this.toPoints(at));
      at = this.units.indexOf(words, at + 1);
    }
    return found;
  }
}

/** How many of the first `length` indices satisfy `below`, which holds up to some index and not after it. */
function countBelow(length: number, below: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Length in code points. */
export function pointLength(text: string): number {
  return text.length - (text.match(/[\u{10000}-\u{10ffff}]/gu)?.length ?? 0);
}

/** The fewest insertions, deletions and replacements of code points that make `a` into `b`. */
export function distance(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [codePoints(a), codePoints(b)];
  let same = 0;
  while (same < left.length && same < right.length && left[same] === right[same]) same += 1;
  let [ends, length] = [left.length, right.length];
  while (ends > same && length > same && left[ends - 1] === right[length - 1])
    [ends, length] = [ends - 1, length - 1];
  const [short, long] = [left.slice(same, ends), right.slice(same, length)].sort(
    (x, y) => x.length - y.length,
  ) as [number[], number[]];
  if (!short.length) return long.length;
  return short.length <= 32 ? bitDistance(short, long) : tableDistance(short, long);
}

function codePoints(text: string): number[] {
  const points: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const point = text.codePointAt(at) as number;
    if (point > 0xffff) at += 1;
    points.push(point);
  }
  return points;
}

/** For each character, a bit for every position of the shorter text where it stands; all zero between calls. */
const positions = new Uint32Array(0x110000);

/** Myers (1999) as simplified by Hyyrö (2003): a column of the table in the bits of two numbers. */
function bitDistance(short: number[], long: number[]): number {
  short.forEach((point, at) => {
    positions[point] = (positions[point] as number) | (1 << at);
  });
  const last = 1 << (short.length - 1);
  let [plus, minus, score] = [-1, 0, short.length];
  for (const point of long) {
    const equal = positions[point] as number;
    const vertical = equal | minus;
    const horizontal = (((equal & plus) + plus) ^ plus) | equal;
    let up = minus | ~(horizontal | plus);
    let down = plus & horizontal;
    if (up & last) score += 1;
    if (down & last) score -= 1;
    up = (up << 1) | 1;
    down <<= 1;
    plus = down | ~(vertical | up);
    minus = up & vertical;
  }
  for (const point of short) positions[point] = 0;
  return score;
}

/** The table of Wagner and Fischer (1974), one line at a time. */
function tableDistance(short: number[], long: number[]): number {
  const row = Uint32Array.from({ length: long.length + 1 }, (_, column) => column);
  short.forEach((point, line) => {
    let diagonal = line;
    row[0] = line + 1;
    for (let column = 1; column <= long.length; column += 1) {
      const above = row[column] as number;
      const replaced = diagonal + (point === long[column - 1] ? 0 : 1);
      row[column] = Math.min(replaced, above + 1, (row[column - 1] as number) + 1);
      diagonal = above;
    }
  });
  return row[long.length] as number;
}
