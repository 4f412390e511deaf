/** The surface of a PDF: pages below each other; the server's words are its axis, pdf.js only paints. */
import { h, render } from "preact";
import type { Box } from "../../../../../annotators/fragments.ts";
import { describe, describeRegion } from "../../../../../annotators/pdf/anchor.ts";
import { loadPdfjs } from "../../lib/pdfjs.ts";
import { Areas, drawing } from "../areas.ts";
import { wordsOf } from "../fragments.ts";
import { mayWrite } from "../page-info.ts";
import { rectOf } from "../rectangles.ts";
import type { Heading, Paint, Passage, Place, Sign, Surface } from "../surface.ts";
import type { Span } from "../types.ts";
import { Bar } from "./Bar.tsx";
import { loadPdf, type PdfText } from "./content.ts";
import { selectByMouse } from "./dragging.ts";
import { PageView } from "./page.ts";
import { Painting } from "./painting.ts";
import { edge, offsetAtHeight, trimmed } from "./ranges.ts";
import { showSigns } from "./signs.ts";
import { Thumbnails } from "./Thumbnails.tsx";
import { unitOf } from "./units.ts";
import { bandsOf, nearestOffset } from "./words.ts";
import { keepPlace } from "./zoom.ts";

const LONGEST = 5000;
const TOP = 110;
const FLY_MS = 120;

export async function pdfSurface(): Promise<Surface> {
  const root = document.getElementById("fw-document");
  if (!root) throw new Error("The page holds no document.");
  // Both are large; neither waits for the other.
  const [pdf] = await Promise.all([loadPdf(), loadPdfjs().catch(() => null)]);
  const surface = new PdfSurface(root, pdf);
  const bar = document.getElementById("fw-media-bar");
  if (bar) render(h(Bar, { surface }), bar);
  return surface;
}

export class PdfSurface implements Surface {
  readonly root: HTMLElement;
  readonly aligned = true;
  readonly pdf: PdfText;
  readonly views: readonly PageView[];
  readonly #painting: Painting;
  readonly #areas: Areas<PageView>;
  /** Pages on screen or soon to be. */
  readonly #near = new Set<PageView>();
  #started = false;
  readonly #painted = new Map<Paint, readonly Place[]>();
  #changed: () => void = () => {};

  constructor(root: HTMLElement, pdf: PdfText) {
    this.root = root;
    this.pdf = pdf;
    this.views = pdf.pages.map((page) => new PageView(page));
    root.replaceChildren(...this.views.map(({ element }) => element));
    this.#painting = new Painting(pdf.url);
    this.#areas = new Areas(this, (view, box) => this.#areaPassage(view, box));
    this.#watch();
    selectByMouse(root, (x, y) => this.#viewAt(x, y, true));
    root.addEventListener("pointerdown", (event) => this.#onPointerDown(event));
    root.addEventListener("mousedown", (event) => {
      // Else the browser would select words while one draws.
      if (this.#areas.busy) event.preventDefault();
    });
  }

  get length(): number {
    return this.pdf.axis.length;
  }

  /** Pages near the window get their words and their picture; those far away give them back. */
  #watch(): void {
    const byElement = new Map(this.views.map((view) => [view.element as Element, view]));
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const view = byElement.get(target);
          if (view) isIntersecting ? this.#enter(view) : this.#leave(view);
        }
        this.#started = true;
      },
      { rootMargin: "120% 0px" },
    );
    for (const { element } of this.views) observer.observe(element);
    let timer = 0;
    new ResizeObserver(() => {
      this.#changed();
      clearTimeout(timer);
      timer = window.setTimeout(() => this.#painting.refresh(), 250);
    }).observe(this.root);
  }

  #enter(view: PageView): void {
    this.#near.add(view);
    // Pages that only fly past are not worth the work.
    const ready = () => {
      if (!this.#near.has(view)) return;
      view.build();
      view.show(this.#painted);
      this.#painting.want(view);
    };
    if (this.#started) setTimeout(ready, FLY_MS);
    else ready();
  }

  #leave(view: PageView): void {
    this.#near.delete(view);
    view.strip();
    this.#painting.drop(view);
  }

  #onPointerDown(event: PointerEvent): void {
    const target = event.target as Element;
    if (target.closest(".drawn-area, button, a")) return;
    this.#areas.clear();
    const view = this.#viewAt(event.clientX, event.clientY);
    const draws = drawing.value || (view?.page.bare && event.pointerType === "mouse");
    if (!view || !draws || event.button || !mayWrite()) return;
    this.#areas.draw(view, event);
  }

  /** The page under a point of the window; the nearest one, if asked for. */
  #viewAt(x: number, y: number, nearest = false): PageView | null {
    let [best, least]: [PageView | null, number] = [null, Infinity];
    for (const view of this.#near) {
      const box = view.element.getBoundingClientRect();
      const far =
        Math.max(box.top - y, y - box.bottom, 0) + (nearest ? 0 : Math.max(box.left - x, x - box.right, 0));
      if (far < least) [best, least] = [view, far];
    }
    return nearest || least === 0 ? best : null;
  }

  describe(selection: Selection): Passage | null {
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    const touched = this.views.filter(({ layer }) => range.intersectsNode(layer));
    const [first, last] = [touched[0], touched.at(-1)];
    if (!first || !last) return null;
    return this.passage(
      trimmed(this.pdf, { start: edge(first, range, "start"), end: edge(last, range, "end") }),
    );
  }

  passage({ start, end }: Span): Passage | null {
    const last = Math.min(end, start + LONGEST);
    if (last <= start) return null;
    const { axis } = this.pdf;
    const page = this.pdf.pages[this.pdf.pageAt(start)];
    if (page?.bare)
      return this.#areaPassage(this.views[page.table.number - 1] as PageView, {
        x: 0,
        y: 0,
        width: 100,
        height: 100,
      });
    return {
      selectors: describe(axis, start, last),
      span: { start, end: last },
      quote: axis.slice(start, last).replace(/\s+/g, " "),
    };
  }

  #areaPassage(view: PageView, box: Box): Passage {
    const { number, start, end } = view.page.table;
    const selectors = describeRegion(number, box);
    return { selectors, span: { start, end, region: { ...box, page: number } }, quote: wordsOf(selectors) };
  }

  area(): Passage | null {
    return this.#areas.passage();
  }

  /** Begins an area by keyboard on the page that is read now. */
  markArea(): void {
    drawing.value = true;
    const view = this.#viewAt(innerWidth / 2, innerHeight / 2, true);
    if (view) this.#areas.begin(view, view.onPage(0, innerHeight / 2)[1] - 7);
  }

  show(spans: ReadonlyMap<Paint, readonly Place[]>): void {
    for (const [name, list] of spans) this.#painted.set(name, list);
    for (const view of this.#near) view.show(this.#painted);
  }

  showSigns(signs: readonly Sign[], choose: (thread: string) => void): void {
    showSigns(this.pdf, this.views, signs, choose);
  }

  scrollTo(span: Place, how: "start" | "nearest" = "nearest"): void {
    const box = this.place(span);
    if (!box || (how === "nearest" && box.top >= TOP && box.top <= innerHeight * 0.75)) return;
    const smooth =
      !matchMedia("(prefers-reduced-motion: reduce)").matches && Math.abs(box.top) < innerHeight * 3;
    const margin = how === "start" ? TOP : innerHeight * 0.22;
    scrollTo({ top: scrollY + box.top - margin, behavior: smooth ? "smooth" : "auto" });
  }

  visible(): Span | null {
    const shown = this.#inOrder().filter(({ element }) => {
      const box = element.getBoundingClientRect();
      return box.bottom > TOP && box.top < innerHeight;
    });
    const [first, last] = [shown[0], shown.at(-1)];
    if (!first || !last) return null;
    const [start, end] = [offsetAtHeight(first, TOP), offsetAtHeight(last, innerHeight)];
    return end > start ? { start, end } : { start, end: start + 1 };
  }

  /** The pages that may be on screen, from the first to the last. */
  #inOrder(): readonly PageView[] {
    if (!this.#near.size) return this.views;
    return [...this.#near].sort((a, b) => a.page.table.number - b.page.table.number);
  }

  /** The number of the page in the middle of the window. */
  pageShown(): number {
    const middle = innerHeight / 2;
    const views = this.#inOrder();
    const view = views.find(({ element }) => element.getBoundingClientRect().bottom > middle) ?? views.at(-1);
    return view?.page.table.number ?? 1;
  }

  place(span: Place): DOMRect | null {
    const view = this.views[this.pdf.pageAt(span.start)];
    if (!view) return null;
    if (span.region) return view.inWindow(rectOf(span.region));
    const band = bandsOf(view.page.words, { start: span.start, end: Math.max(span.end, span.start + 1) })[0];
    return view.inWindow(band ?? { left: 0, top: 0, right: 100, bottom: view.page.bare ? 100 : 0 });
  }

  offsetAt(x: number, y: number): number | null {
    const view = this.#viewAt(x, y);
    if (!view) return null;
    const found = nearestOffset(view.page.words, ...view.onPage(x, y));
    return found?.inside ? Math.min(found.at, found.word.end - 1) : null;
  }

  headings(): Heading[] {
    return this.pdf.outline.flatMap(({ title, level, page }) => {
      const start = this.pdf.pages[page - 1]?.table.start;
      return start === undefined ? [] : [{ level: level + 1, text: title, start }];
    });
  }

  contents() {
    return h(Thumbnails, { surface: this, painting: this.#painting });
  }

  unit(kind: "word" | "sentence", at: number, step: -1 | 0 | 1): Span | null {
    return unitOf(this.pdf, kind, at, step);
  }

  /** Goes to a page (1…). */
  goTo(number: number): void {
    const page = this.pdf.pages[Math.min(this.views.length, Math.max(1, number)) - 1];
    const top = page && this.views[page.table.number - 1]?.element.getBoundingClientRect().top;
    if (top !== undefined) scrollTo({ top: scrollY + top - TOP });
  }

  /** Shows the pages at `zoom` times the width of the column; what is read stays where it is. */
  zoom(zoom: number): void {
    keepPlace(this.views, () => this.root.style.setProperty("--zoom", String(zoom)));
  }

  onLayout(changed: () => void): void {
    this.#changed = changed;
  }
}
