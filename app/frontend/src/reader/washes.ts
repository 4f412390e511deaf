/** How strongly a passage is washed: by how many threads lie on it. Pure, so that it can be tested. */
import type { Paint } from "./surface.ts";
import type { Span } from "./types.ts";

type Edge = { at: number; step: 1 | -1 };

/** Cuts overlapping spans into pieces by how many lie on them: 1, 2–3, 4 and more. */
export function washes(spans: readonly Span[]): Map<Paint, Span[]> {
  const edges: Edge[] = spans.flatMap(({ start, end }): Edge[] => [
    { at: start, step: 1 },
    { at: end, step: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at || a.step - b.step);
  const found = new Map<Paint, Span[]>([
    ["others", []],
    ["others-more", []],
    ["others-most", []],
  ]);
  let depth = 0;
  edges.forEach(({ at, step }, index) => {
    depth += step;
    const next = edges[index + 1]?.at ?? at;
    if (depth > 0 && next > at) found.get(washOf(depth))?.push({ start: at, end: next });
  });
  return found;
}

const washOf = (depth: number): Paint => (depth > 3 ? "others-most" : depth > 1 ? "others-more" : "others");
