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
    return point + countBelow(this.#astral.length, (index) => (this.#astral[index] as number) - index < point);
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
  let [left, right] = [Array.from(a), Array.from(b)];
  let same = 0;
  while (same < left.length && same < right.length && left[same] === right[same]) same += 1;
  [left, right] = [left.slice(same), right.slice(same)];
  while (left.length && right.length && left.at(-1) === right.at(-1)) {
    left.pop();
    right.pop();
  }
  const row = Uint32Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let line = 0; line < left.length; line += 1) advance(row, left[line] as string, right, line);
  return row[right.length] as number;
}

/** One line of the table of Wagner and Fischer, in place. */
function advance(row: Uint32Array, letter: string, right: string[], line: number): void {
  let diagonal = line;
  row[0] = line + 1;
  for (let column = 1; column <= right.length; column += 1) {
    const above = row[column] as number;
    const replaced = diagonal + (letter === right[column - 1] ? 0 : 1);
    row[column] = Math.min(replaced, above + 1, (row[column - 1] as number) + 1);
    diagonal = above;
  }
}
