/**
 * The text axis of the document in the page, with its blocks in order. Between code points and DOM positions
 * stands annotators/text/dom.ts; a page that was rewritten by the browser's translation leads to blocks.
 */
import { PageText, rangeOf, spanOf } from "../../../../../annotators/text/dom.ts";
import type { PointText } from "../../../../../annotators/text/points.ts";
import type { Span } from "../types.ts";

export type Block = { id: string; element: Element; start: number; end: number };

export class TextAxis {
  readonly root: HTMLElement;
  /** Blocks with words, in the order of the document. */
  readonly blocks: readonly Block[];
  readonly #page: PageText;

  constructor(root: HTMLElement) {
    this.root = root;
    this.#page = new PageText(root);
    this.blocks = [...root.querySelectorAll("[data-block]")].flatMap((element): Block[] => {
      const id = element.getAttribute("data-block") ?? "";
      const span = this.#page.blocks.get(id);
      return span ? [{ id, element, ...span }] : [];
    });
  }

  get text(): PointText {
    return this.#page.text;
  }

  get rewritten(): boolean {
    return this.#page.rewritten;
  }

  /** The block that holds an offset, or the next one after it. */
  blockAt(point: number): Block | undefined {
    return this.blocks.find((block) => point < block.end);
  }

  /** The block that shows an element's words. */
  blockOf(element: Element): Block | undefined {
    const id = (element.querySelector("[data-block]") ?? element.closest("[data-block]"))?.getAttribute(
      "data-block",
    );
    return this.blocks.find((block) => block.element === element || block.id === id);
  }

  /** The span of a range without white space at its edges; of whole blocks where the words were rewritten. */
  spanOf(range: Range): Span | null {
    if (!range.intersectsNode(this.root)) return null;
    if (!this.rewritten) return spanOf(this.#page, range);
    const touched = this.blocks.filter(({ element }) => range.intersectsNode(element));
    const [first, last] = [touched[0], touched.at(-1)];
    return first && last ? { start: first.start, end: last.end } : null;
  }

  /** The offset of a DOM position. */
  offsetOf(node: Node, offset: number): number {
    const rest = document.createRange();
    rest.setStart(node, offset);
    rest.setEnd(this.root, this.root.childNodes.length);
    return spanOf(this.#page, rest)?.start ?? this.text.length;
  }

  /** The DOM range of a span; of its blocks where the words were rewritten. */
  rangeOf(span: Span): Range | null {
    return rangeOf(this.#page, span)?.range ?? null;
  }
}
