/**
 * The text axis in a page: selections to offsets, offsets to ranges.
 * What the interface inserts into the document carries `data-fw-skip`, and no walk here sees it.
 */
import { pick, type Selector, type Span } from "../selectors.ts";
import { anchor, describe } from "./anchor.ts";
import { PointText } from "./points.ts";

/** Marks an element of ours inside the document: a badge, a question, a highlight's button. */
export const SKIP = "data-fw-skip";

/** A range of the page; `how` is "block" where only the paragraph is known, because a translation took the words. */
export interface Placed {
  range: Range;
  how: "words" | "block";
}

interface Piece {
  node: Text;
  /** Offset of its first UTF-16 unit on the axis. */
  start: number;
}

/** Walk the text nodes of the document itself. */
export function* textNodes(root: Node): Generator<Text> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    node instanceof Element && node.hasAttribute(SKIP) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  while (walker.nextNode()) if (walker.currentNode instanceof Text) yield walker.currentNode;
}

/** A document as it was when it was loaded, and the nodes that show it now. Make it before anything can change it. */
export class PageText {
  readonly root: Element;
  /** The axis: what the server stored. */
  readonly text: PointText;
  /** Where each block's words were, in code points, from its first to its last. */
  readonly blocks = new Map<string, Span>();
  #pieces: Piece[] | null = null;
  #rewritten = false;
  readonly #observer: MutationObserver;

  constructor(root: Element) {
    this.root = root;
    this.text = new PointText(this.#collect().join(""));
    for (const piece of this.#pieces ?? []) this.#addToBlock(piece);
    this.#observer = new MutationObserver(() => {
      this.#pieces = null;
    });
    this.#observer.observe(root, { childList: true, characterData: true, subtree: true });
  }

  /** Whether the browser's translation (or an extension) has put other words in place of the document's. */
  get rewritten(): boolean {
    this.pieces();
    return this.#rewritten;
  }

  /** The text nodes with their offsets, as they are now. */
  pieces(): Piece[] {
    // changes that were made in this very task are known only when asked for
    if (this.#observer.takeRecords().length) this.#pieces = null;
    if (!this.#pieces) this.#rewritten = this.#collect().join("") !== this.text.units;
    return this.#pieces ?? [];
  }

  /** Stop watching; call it when the document leaves the page. */
  disconnect(): void {
    this.#observer.disconnect();
  }

  #collect(): string[] {
    let start = 0;
    const words: string[] = [];
    this.#pieces = [];
    for (const node of textNodes(this.root)) {
      this.#pieces.push({ node, start });
      words.push(node.data);
      start += node.data.length;
    }
    return words;
  }

  #addToBlock({ node, start }: Piece): void {
    const id = blockOf(node, this.root);
    if (!id || !node.data.trim()) return;
    const end = this.text.toPoints(start + node.data.length);
    const known = this.blocks.get(id);
    this.blocks.set(id, { start: known?.start ?? this.text.toPoints(start), end });
  }
}

function blockOf(node: Node, root: Element): string | null {
  const block = (node instanceof Element ? node : node.parentElement)?.closest("[data-block]");
  return block && root.contains(block) ? block.getAttribute("data-block") : null;
}

/** Return the selectors of what is selected, outer white space left off; null if that is nothing of the document. */
export function describeRange(page: PageText, range: Range): Selector[] | null {
  const span = page.rewritten ? blockSpan(page, range) : spanOf(page, range);
  if (!span) return null;
  const block = [...page.blocks].find(([, of]) => of.start <= span.start && span.start < of.end)?.[0];
  const selectors = describe(page.text, span.start, span.end);
  return block ? [...selectors, { type: "CssSelector", value: `#${block}` }] : selectors;
}

/** Return the offsets of a range in code points, outer white space left off; null if nothing is left. */
export function spanOf(page: PageText, range: Range): Span | null {
  const start = unitAt(page, range.startContainer, range.startOffset);
  const end = unitAt(page, range.endContainer, range.endOffset);
  const words = page.text.units.slice(start, end);
  const kept = words.trim();
  if (!kept) return null;
  const first = start + words.indexOf(kept);
  return { start: page.text.toPoints(first), end: page.text.toPoints(first + kept.length) };
}

/** The original words of the blocks in which a selection of translated words begins and ends. */
function blockSpan(page: PageText, range: Range): Span | null {
  const [first, last] = [range.startContainer, range.endContainer].map((node) => blockOf(node, page.root));
  const start = page.blocks.get(first ?? last ?? "");
  const end = page.blocks.get(last ?? first ?? "");
  return start && end && start.start < end.end ? { start: start.start, end: end.end } : null;
}

/** The axis' UTF-16 offset of a boundary, which may lie in an element or in something of ours. */
function unitAt(page: PageText, container: Node, offset: number): number {
  const pieces = page.pieces();
  const boundary = document.createRange();
  boundary.setStart(container, offset);
  const next = firstIndex(pieces.length, (at) => boundary.comparePoint((pieces[at] as Piece).node, 0) > 0);
  const piece = pieces[next - 1];
  if (!piece) return 0;
  return piece.start + (piece.node === container ? offset : offsetPast(piece.node, boundary));
}

/** 0 where the boundary lies right before the node, else all of it. */
function offsetPast(node: Text, boundary: Range): number {
  return boundary.comparePoint(node, node.data.length) > 0 ? 0 : node.data.length;
}

/** Return where a span lies in the page now; null if it is outside the document. */
export function rangeOf(page: PageText, span: Span): Placed | null {
  if (page.rewritten) return blocksAt(page, span);
  const pieces = page.pieces();
  const [start, end] = [page.text.toUnits(span.start), page.text.toUnits(span.end)];
  if (!pieces.length || start < 0 || end > page.text.units.length || start > end) return null;
  const first = pieces[firstIndex(pieces.length, (at) => (pieces[at] as Piece).start > start) - 1] as Piece;
  const last = pieces[
    Math.max(
      1,
      firstIndex(pieces.length, (at) => (pieces[at] as Piece).start >= end),
    ) - 1
  ] as Piece;
  const range = document.createRange();
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return { range, how: "words" };
}

/** The blocks that held a span's words, from the first to the last of them. */
function blocksAt(page: PageText, span: Span): Placed | null {
  const ids = [...page.blocks]
    .filter(([, of]) => of.start < span.end && span.start < of.end)
    .map(([id]) => id);
  return blockRange(page, ids[0], ids.at(-1));
}

function blockRange(page: PageText, first: string | undefined, last = first): Placed | null {
  const [start, end] = [first, last].map(
    (id) => id && page.root.querySelector(`[data-block="${CSS.escape(id)}"]`),
  );
  if (!start || !end) return null;
  const range = document.createRange();
  range.setStart(start, 0);
  range.setEnd(end, end.childNodes.length);
  return { range, how: "block" };
}

/** Return where selectors point in the page now: their words, else their block; null for an orphan. */
export function placeOf(page: PageText, selectors: readonly Selector[]): Placed | null {
  const found = anchor(page.text, selectors);
  if (found) return rangeOf(page, found.span);
  return page.rewritten ? blockRange(page, pick(selectors, "CssSelector")?.value.slice(1)) : null;
}

/** The first index for which `holds`, which holds up from some index on; `length` if there is none. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
