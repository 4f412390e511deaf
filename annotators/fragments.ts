/** Media Fragments (W3C, 2012): moments and intervals, rectangles, pages. Twin of `fragments.py`. */

/** A rectangle in percent of the picture, page or frame (0–100), origin top left. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What a fragment says; absent where it says nothing. `start` without `end` is a moment (seconds). */
export interface Fragment {
  start?: number;
  end?: number;
  box?: Box;
  page?: number;
}

/** Seconds: just under a hundred hours. */
export const LONGEST = 359_999;

const NUMBER = "\\d{1,9}(?:\\.\\d{1,9})?";
const CLOCK = `(?:(?:\\d{1,3}:)?\\d{1,2}:)?${NUMBER}`;
const TIME = new RegExp(`^(?:npt:)?(${CLOCK})?(?:,(${CLOCK}))?$`);
const BOX = new RegExp(`^percent:(${NUMBER}),(${NUMBER}),(${NUMBER}),(${NUMBER})$`);
const PAGE = /^[1-9]\d{0,4}$/;

const READERS: Record<string, (text: string) => Fragment | null> = {
  t: readTime,
  xywh: readBox,
  page: (text) => (PAGE.test(text) ? { page: Number(text) } : null),
};

/** Read `t=…`, `xywh=percent:…` and `page=…` joined by `&`; null for anything else. */
export function parseFragment(value: string): Fragment | null {
  const fragment: Fragment = {};
  const seen = new Set<string>();
  for (const part of value.split("&")) {
    const at = part.indexOf("=");
    const key = at < 0 ? part : part.slice(0, at);
    const read = Object.hasOwn(READERS, key) && !seen.has(key) ? READERS[key]?.(part.slice(at + 1)) : null;
    if (!read) return null;
    seen.add(key);
    Object.assign(fragment, read);
  }
  return fragment;
}

function readTime(text: string): Fragment | null {
  const match = TIME.exec(text);
  if (!match || (match[1] === undefined && match[2] === undefined)) return null;
  const start = match[1] === undefined ? 0 : seconds(match[1]);
  if (start > LONGEST) return null;
  if (match[2] === undefined) return { start };
  const end = seconds(match[2]);
  return end > LONGEST || end < start ? null : { start, end };
}

function seconds(clock: string): number {
  return clock.split(":").reduce((total, part) => total * 60 + Number(part), 0);
}

function readBox(text: string): Fragment | null {
  const match = BOX.exec(text);
  if (!match) return null;
  const [x = 0, y = 0, width = 0, height = 0] = match.slice(1).map(Number);
  // half a thousandth is what rounding to three places can add
  if (width <= 0 || height <= 0 || x + width > 100.001 || y + height > 100.001) return null;
  return { box: { x, y, width, height } };
}

/** Write a number with at most three places and no empty ones: 12.5, 17, 0.333. */
export function writeNumber(number: number): string {
  return String(Math.floor(number * 1000 + 0.5) / 1000);
}

/** Write a rectangle as `xywh=percent:…`. */
export function writeBox(box: Box): string {
  return `xywh=percent:${[box.x, box.y, box.width, box.height].map(writeNumber).join(",")}`;
}
