/** The surface of a text: the document is HTML in the page, its axis the code points of its text. */
import { describe } from "../../../../../annotators/text/anchor.ts";
import { beside, sheet } from "../layout.ts";
import { info } from "../page-info.ts";
import type { Heading, Paint, Passage, Sign, Surface } from "../surface.ts";
import type { Span } from "../types.ts";
import { TextAxis } from "./axis.ts";
import { paint } from "./painting.ts";
import { showSigns } from "./signs.ts";
import { unitAt } from "./units.ts";

const LONGEST = 5000;

export function textSurface(): Surface {
  const root = document.getElementById("fw-document");
  if (!root) throw new Error("The page holds no document.");
  return new TextSurface(root);
}

class TextSurface implements Surface {
  readonly root: HTMLElement;
  readonly aligned = true;
  readonly #axis: TextAxis;
  readonly #painted = new Map<Paint, readonly Span[]>();
  #changed: () => void = () => {};

  constructor(root: HTMLElement) {
    this.root = root;
    this.#axis = new TextAxis(root);
    new ResizeObserver(() => this.#changed()).observe(root);
    this.#watchTranslation();
    letScrollByKeyboard(root);
  }

  get length(): number {
    return this.#axis.text.length;
  }

  /** The browser's translation rewrites the words in place; then offsets must be read anew. */
  #watchTranslation(): void {
    let timer = 0;
    new MutationObserver((changes) => {
      const own = changes.every(
        ({ target, addedNodes, removedNodes }) =>
          (target instanceof Element && target.closest("[data-fw-skip]")) ||
          [...addedNodes, ...removedNodes].every(
            (node) => node instanceof Element && node.matches("[data-fw-skip], mark[data-kind]"),
          ),
      );
      if (own) return;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        this.show(this.#painted);
        this.#changed();
      }, 400);
    }).observe(this.root, { childList: true, characterData: true, subtree: true });
  }

  describe(selection: Selection): Passage | null {
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const span = this.#axis.spanOf(selection.getRangeAt(0));
    return span && this.passage(span);
  }

  passage(given: Span): Passage | null {
    const { text, rewritten } = this.#axis;
    const block = this.#axis.blockAt(given.start);
    const start = rewritten && block ? block.start : given.start;
    const end = Math.min(rewritten && block ? Math.max(block.end, given.end) : given.end, start + LONGEST);
    if (end <= start) return null;
    const selectors = describe(text, start, end);
    if (block) selectors.push({ type: "CssSelector", value: `#${block.id}` });
    return { selectors, span: { start, end }, quote: text.slice(start, end) };
  }

  show(spans: ReadonlyMap<Paint, readonly Span[]>): void {
    for (const [name, list] of spans) this.#painted.set(name, list);
    paint(this.#axis, spans);
  }

  showSigns(signs: readonly Sign[], choose: (thread: string) => void): void {
    showSigns(this.#axis, signs, choose);
  }

  scrollTo(span: Span, how: "start" | "nearest" = "nearest"): void {
    const box = this.place(span);
    if (!box) return;
    // What the sheet covers on a small screen cannot be read.
    const bottom = innerHeight * (beside.peek() || sheet.peek() === "low" ? 0.75 : 0.4);
    // Nor can a thread that stands behind the head of its column.
    const head = beside.peek() ? document.querySelector(".thread-panel-head") : null;
    const covered = head?.getBoundingClientRect().bottom ?? 0;
    const top = Math.max(72, covered + 16, innerHeight * 0.18);
    if (how === "nearest" && box.top >= Math.max(80, covered) && box.top <= bottom) return;
    const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: scrollY + box.top - top, behavior: smooth ? "smooth" : "auto" });
  }

  visible(): Span | null {
    const box = this.root.getBoundingClientRect();
    const [top, bottom] = [Math.max(box.top, 60), Math.min(box.bottom, innerHeight)];
    if (bottom - top < 20) return null;
    const start = this.#firstVisible(top);
    const end = this.#firstVisible(bottom);
    return end > start ? { start, end } : null;
  }

  /** The offset of the first block that reaches below a height of the window, and how far into it. */
  #firstVisible(height: number): number {
    const { blocks } = this.#axis;
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((blocks[middle]?.element.getBoundingClientRect().bottom ?? 0) <= height) low = middle + 1;
      else high = middle;
    }
    const block = blocks[low];
    if (!block) return this.length;
    const box = block.element.getBoundingClientRect();
    const share = box.height ? Math.min(1, Math.max(0, (height - box.top) / box.height)) : 0;
    return Math.round(block.start + share * (block.end - block.start));
  }

  place(span: Span): DOMRect | null {
    const range = this.#axis.rangeOf(span);
    return range ? (range.getClientRects()[0] ?? range.getBoundingClientRect()) : null;
  }

  offsetAt(x: number, y: number): number | null {
    const caret = caretAt(x, y);
    if (!caret || !this.root.contains(caret.node)) return null;
    if (caret.node.parentElement?.closest("[data-fw-skip]")) return null;
    if (this.#axis.rewritten)
      return this.#axis.blocks.find(({ element }) => element.contains(caret.node))?.start ?? null;
    return this.#axis.offsetOf(caret.node, caret.offset);
  }

  headings(): Heading[] {
    return [...this.root.querySelectorAll("h1, h2, h3, h4")].flatMap((element) => {
      const block = this.#axis.blockOf(element);
      const text = headingText(element);
      return block && text ? [{ level: Number(element.tagName[1]), text, start: block.start }] : [];
    });
  }

  unit(kind: "word" | "sentence", at: number, step: -1 | 0 | 1): Span | null {
    const { blocks, text } = this.#axis;
    const locale = info.document.locale ?? "";
    const here = blocks.findIndex((block) => at < block.end);
    if (here < 0) return step < 0 ? this.#before(kind, at, locale) : null;
    const inBlock = (index: number, offset: number) => {
      const block = blocks[index];
      return block ? unitAt(text, kind, Math.max(offset, block.start), block, locale) : null;
    };
    if (step < 0) return this.#before(kind, at, locale);
    const current = inBlock(here, at) ?? inBlock(here + 1, 0);
    if (!current || step === 0) return current;
    return inBlock(here, current.end) ?? inBlock(here + 1, 0);
  }

  /** The last word or sentence that begins before an offset. */
  #before(kind: "word" | "sentence", start: number, locale: string): Span | null {
    for (const block of [...this.#axis.blocks].reverse()) {
      if (block.start >= start) continue;
      let last: Span | null = null;
      for (let at = block.start; at < Math.min(block.end, start); ) {
        const unit = unitAt(this.#axis.text, kind, at, block, locale);
        if (!unit || unit.start >= start) break;
        last = unit;
        at = unit.end;
      }
      if (last) return last;
    }
    return null;
  }

  /** The paragraph, list or table in which a span ends, as far out as the document is only text. */
  blockAfter(span: Span): Element | null {
    let found: Element | null = this.#axis.blockAt(Math.max(span.start, span.end - 1))?.element ?? null;
    const isRoom = (parent: Element) => parent === this.root || parent.matches("article, section, main, div");
    while (found?.parentElement && !isRoom(found.parentElement)) found = found.parentElement;
    return found;
  }

  onLayout(changed: () => void): void {
    this.#changed = changed;
  }
}

/** What is wider than the column scrolls by itself, so it must be reachable without a mouse. */
function letScrollByKeyboard(root: HTMLElement): void {
  const wide = "pre, table, math[display=block], :is(p, dd):has(math)";
  for (const element of root.querySelectorAll<HTMLElement>(wide))
    if (element.scrollWidth > element.clientWidth + 1) element.tabIndex = 0;
}

function headingText(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const own of copy.querySelectorAll("[data-fw-skip]")) own.remove();
  return copy.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

/** Browsers disagree about the name of this. */
function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  const page = document as Document & {
    caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null;
    caretRangeFromPoint?: (x: number, y: number) => Range | null;
  };
  const position = page.caretPositionFromPoint?.(x, y);
  if (position) return { node: position.offsetNode, offset: position.offset };
  const range = page.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
