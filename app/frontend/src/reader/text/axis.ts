/**
 * The text axis of a document in the page: between code points and DOM positions. The document's textContent
 * is the axis; what the page puts inside by itself carries `data-fw-skip` and is no part of it.
 *
 * The words are remembered as they came. When the browser's translation has rewritten them, offsets lead to
 * their block (`data-block`) instead of to words that are not there any more.
 */
import { PointText } from "../../../../../annotators/text/points.ts";
import type { Span } from "../types.ts";

type Block = { id: string; element: Element; start: number; end: number };

export class TextAxis {
  readonly root: HTMLElement;
  /** The text as it came from the server. */
  readonly text: PointText;
  rewritten = false;
  readonly blocks: Block[] = [];
  #nodes: Text[] = [];
  /** Where each node begins, in UTF-16 units. */
  #starts: number[] = [];

  constructor(root: HTMLElement) {
    this.root = root;
    this.text = new PointText(this.reindex());
    this.#readBlocks();
  }

  /** Reads the text nodes anew (after something was put in or rewritten); returns the text. */
  reindex(): string {
    this.#nodes = [];
    this.#starts = [];
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node instanceof Element && node.hasAttribute("data-fw-skip")
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_ACCEPT,
    });
    const parts: string[] = [];
    let length = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!(node instanceof Text)) continue;
      this.#nodes.push(node);
      this.#starts.push(length);
      parts.push(node.data);
      length += node.data.length;
    }
    const text = parts.join("");
    if (this.text) this.rewritten = text !== this.text.units;
    return text;
  }

  #readBlocks(): void {
    for (const element of this.root.querySelectorAll("[data-block]")) {
      const start = this.unitAt(element, 0);
      const end = this.unitAt(element, element.childNodes.length);
      const id = element.getAttribute("data-block") ?? "";
      this.blocks.push({ id, element, start: this.text.toPoints(start), end: this.text.toPoints(end) });
    }
  }

  /** The innermost block that holds an offset. */
  blockAt(point: number): Block | undefined {
    let best: Block | undefined;
    for (const block of this.blocks)
      if (block.start <= point && point <= block.end && (!best || block.end - block.start <= best.end - best.start))
        if (!best || point < block.end || block.start === point) best = block;
    return best;
  }

  /** The offset in units of a DOM position. */
  unitAt(container: Node, offset: number): number {
    if (container instanceof Text) {
      const index = this.#nodes.indexOf(container);
      if (index >= 0) return (this.#starts[index] as number) + offset;
    }
    const edge = document.createRange();
    edge.setStart(this.root, 0);
    edge.setEnd(container, offset);
    // the first node that does not lie wholly before the position
    let [low, high] = [0, this.#nodes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const node = this.#nodes[middle] as Text;
      if (edge.comparePoint(node, 0) <= 0 && edge.comparePoint(node, node.data.length) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.#starts[low] ?? this.text?.units.length ?? 0;
  }

  /** The span of a range, cut to the document; null if it holds nothing of it. */
  spanOf(range: Range): Span | null {
    const inside = document.createRange();
    inside.selectNodeContents(this.root);
    if (!range.intersectsNode(this.root)) return null;
    if (inside.comparePoint(range.startContainer, range.startOffset) === 0)
      inside.setStart(range.startContainer, range.startOffset);
    if (inside.comparePoint(range.endContainer, range.endOffset) === 0)
      inside.setEnd(range.endContainer, range.endOffset);
    const units = [
      this.unitAt(inside.startContainer, inside.startOffset),
      this.unitAt(inside.endContainer, inside.endOffset),
    ] as const;
    if (units[0] >= units[1]) return null;
    return { start: this.text.toPoints(units[0]), end: this.text.toPoints(units[1]) };
  }

  /** The DOM range of a span; of its whole block where the words have been rewritten. */
  rangeOf(span: Span): Range | null {
    if (this.rewritten) return this.#blockRange(span);
    const from = this.#position(this.text.toUnits(span.start), true);
    const to = this.#position(this.text.toUnits(Math.max(span.end, span.start + 1)), false);
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return range;
  }

  #blockRange(span: Span): Range | null {
    const block = this.blockAt(span.start);
    if (!block) return null;
    const range = document.createRange();
    range.selectNodeContents(block.element);
    return range;
  }

  #position(unit: number, forward: boolean): [Text, number] | null {
    let [low, high] = [0, this.#nodes.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const start = this.#starts[middle] as number;
      if (forward ? start <= unit : start < unit) low = middle;
      else high = middle - 1;
    }
    const node = this.#nodes[low];
    const offset = unit - (this.#starts[low] ?? 0);
    return node && offset >= 0 && offset <= node.data.length ? [node, offset] : null;
  }
}
