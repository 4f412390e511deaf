/**
 * Marks the words that mattered in the annotation itself, while its reasons are open. The words come as places in the
 * Markdown; they are looked for in what is shown. A browser without highlights shows them in the list of ratings only.
 */
import type { Annotation } from "../types.ts";

const NAME = "fw-rating";
const shown = new Map<string, Range[]>();

export function showMarks(one: Annotation, marks: readonly (readonly [number, number])[]): void {
  const body = document.querySelector(`[data-annotation="${CSS.escape(one.id)}"] > .annotation-body`);
  const points = [...one.body];
  if (body)
    shown.set(
      one.id,
      rangesOf(
        body,
        marks.map(([start, end]) => points.slice(start, end).join("")),
      ),
    );
  paint();
}

export function hideMarks(id: string): void {
  if (shown.delete(id)) paint();
}

function paint(): void {
  if (typeof Highlight !== "function" || !("highlights" in CSS)) return;
  CSS.highlights.set(NAME, new Highlight(...[...shown.values()].flat()));
}

/** Each stretch of words as a range, one after the other; what is drawn otherwise (a formula) is left out. */
export function rangesOf(body: Node, stretches: readonly string[]): Range[] {
  const nodes = textsOf(body);
  const text = nodes.map((node) => node.data).join("");
  const ranges: Range[] = [];
  let from = 0;
  for (const stretch of stretches) {
    const words = plain(stretch);
    const at = words ? text.indexOf(words, from) : -1;
    if (at < 0) continue;
    from = at + words.length;
    ranges.push(rangeAt(nodes, at, from));
  }
  return ranges;
}

/** Without the signs of Markdown around words. */
export const plain = (markdown: string): string => markdown.replace(/[*_`~]/g, "").trim();

function textsOf(body: Node): Text[] {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found;
}

function rangeAt(nodes: readonly Text[], start: number, end: number): Range {
  const range = document.createRange();
  let at = 0;
  for (const node of nodes) {
    const length = node.data.length;
    if (at <= start && start < at + length) range.setStart(node, start - at);
    if (at < end && end <= at + length) {
      range.setEnd(node, end - at);
      break;
    }
    at += length;
  }
  return range;
}
