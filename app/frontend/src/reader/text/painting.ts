/**
 * Paints spans without touching the document, by the CSS Custom Highlight API; where a browser lacks it,
 * by <mark> elements around the words, which leave the text content as it is.
 */
import type { Paint } from "../surface.ts";
import type { Span } from "../types.ts";
import type { TextAxis } from "./axis.ts";

/** From the lowest to the topmost. */
const ORDER: readonly Paint[] = [
  "others",
  "others-more",
  "others-most",
  "question",
  "mine",
  "lost",
  "active",
  "writing",
  "cursor",
];

const canHighlight = (): boolean => typeof Highlight === "function" && "highlights" in CSS;

export function paint(axis: TextAxis, spans: ReadonlyMap<Paint, readonly Span[]>): void {
  if (canHighlight()) paintRanges(axis, spans);
  else paintElements(axis, spans);
}

function paintRanges(axis: TextAxis, spans: ReadonlyMap<Paint, readonly Span[]>): void {
  for (const [name, list] of spans) {
    const ranges = list.flatMap((span) => {
      const range = axis.rangeOf(span);
      return range ? withoutOurs(range, axis.root) : [];
    });
    const highlight = new Highlight(...ranges);
    highlight.priority = ORDER.indexOf(name);
    CSS.highlights.set(`fw-${name}`, highlight);
  }
}

/** The parts of a range around what we put between the document's own words, such as question cards. */
function withoutOurs(whole: Range, root: HTMLElement): Range[] {
  const parts: Range[] = [];
  let rest = whole;
  for (const ours of root.querySelectorAll("[data-fw-skip]")) {
    if (!rest.intersectsNode(ours) || ours.contains(rest.startContainer)) continue;
    const before = rest.cloneRange();
    before.setEndBefore(ours);
    parts.push(before);
    rest = rest.cloneRange();
    rest.setStartAfter(ours);
  }
  return [...parts, rest];
}

/** What is painted now, so that painting one kind does not lose the others. */
const painted = new Map<Paint, readonly Span[]>();

function paintElements(axis: TextAxis, spans: ReadonlyMap<Paint, readonly Span[]>): void {
  for (const [name, list] of spans) painted.set(name, list);
  for (const mark of axis.root.querySelectorAll("mark[data-kind]")) mark.replaceWith(...mark.childNodes);
  axis.root.normalize();
  for (const name of ORDER)
    for (const span of painted.get(name) ?? []) {
      const range = axis.rangeOf(span);
      if (!range) continue;
      for (const words of wordsIn(range)) wrap(words, name);
    }
}

/** The parts of text nodes in a range, each as a node of its own. */
function wordsIn(range: Range): Text[] {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const found: Text[] = [];
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  for (let node: Node | null = walker.currentNode; node; node = walker.nextNode())
    if (node instanceof Text && range.intersectsNode(node) && !node.parentElement?.closest("[data-fw-skip]"))
      found.push(node);
  return found
    .map((node) => {
      const end = node === endContainer ? endOffset : node.data.length;
      const start = node === startContainer ? startOffset : 0;
      if (end < node.data.length) node.splitText(end);
      return start > 0 ? node.splitText(start) : node;
    })
    .filter((node) => node.data.length > 0);
}

function wrap(words: Text, kind: Paint): void {
  const mark = document.createElement("mark");
  mark.className = "mark";
  mark.dataset.kind = kind;
  words.replaceWith(mark);
  mark.append(words);
}
