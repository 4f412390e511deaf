/** One page: a canvas that pdf.js paints, over it the server's words, over these what is marked. */
import { t } from "../../lib/messages.ts";
import { info } from "../page-info.ts";
import { lay, rectOf } from "../rectangles.ts";
import type { Paint, Place } from "../surface.ts";
import type { PageText } from "./content.ts";
import { bandsOf, type Rect, type Word } from "./words.ts";

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
const MEASURE_PX = 100;
let measuring: CanvasRenderingContext2D | null = null;

export class PageView {
  readonly element = document.createElement("section");
  readonly canvas = document.createElement("canvas");
  readonly layer = document.createElement("div");
  readonly page: PageText;
  readonly #paints = skipped("pdf-paints");
  /** Where signs and areas go. */
  readonly beside = skipped("pdf-beside");
  #built = false;

  constructor(page: PageText) {
    this.page = page;
    const { number, width, height } = page.table;
    this.element.className = "pdf-page";
    this.element.id = `page-${number}`;
    this.element.setAttribute("aria-label", t("Page %(page)s", { page: number }));
    this.element.style.aspectRatio = `${width} / ${height}`;
    this.canvas.setAttribute("aria-hidden", "true");
    this.canvas.dataset.fwSkip = "";
    this.layer.className = "pdf-words";
    this.layer.lang = info.document.locale ?? "";
    this.layer.textContent = page.text.units;
    this.#paints.setAttribute("aria-hidden", "true");
    this.element.append(this.canvas, this.#paints, this.layer, this.beside);
    if (page.bare) this.#sayBare();
  }

  #sayBare(): void {
    this.element.toggleAttribute("data-bare", true);
    const words = skipped("pdf-bare small");
    words.textContent = t(
      "This page has no text: it is a picture. Draw a rectangle on it to write about a part of it.",
    );
    this.element.append(words);
  }

  /** Puts each word where it stands, so that it can be selected. The text stays the same. */
  build(): void {
    if (this.#built || this.page.bare) return;
    this.#built = true;
    this.layer.replaceChildren(...this.#spans());
    this.layer.toggleAttribute("data-built", true);
  }

  #spans(): Node[] {
    const { words, text } = this.page;
    const spans: Node[] = words.map((word, index) => this.#span(word, words[index + 1]));
    if (text.units.endsWith("\f")) spans.push(document.createTextNode("\f"));
    return spans;
  }

  #span(word: Word, next: Word | undefined): HTMLElement {
    const span = document.createElement("span");
    span.textContent = word.text + word.tail;
    if (word.rtl) span.dir = "rtl";
    const { left, right } = reaching(word, next);
    const { width, height } = this.page.table;
    const size = word.bottom - word.top;
    const natural =
      (widthOf(word.text + (right - left > word.right - word.left ? word.tail : "")) / MEASURE_PX) *
      (size / 100) *
      height;
    const wanted = ((right - left) / 100) * width;
    const { style } = span;
    [style.left, style.top, style.fontSize] = [`${left}%`, `${word.top}%`, `${Math.max(size, 0.1)}cqh`];
    if (natural > 0 && wanted > 0) style.transform = `scaleX(${(wanted / natural).toFixed(4)})`;
    return span;
  }

  /** Gives back what a page far from the window does not need. */
  strip(): void {
    if (!this.#built || getSelection()?.containsNode(this.layer, true)) return;
    this.#built = false;
    this.layer.textContent = this.page.text.units;
    this.layer.toggleAttribute("data-built", false);
  }

  /** The node and offset (in UTF-16 units) of a place in a word. */
  positionIn(index: number, letters: number): [Node, number] {
    this.build();
    const node = this.layer.children[index]?.firstChild ?? this.layer;
    const word = this.page.words[index]?.text ?? "";
    return [node, [...word].slice(0, letters).join("").length];
  }

  show(paints: ReadonlyMap<Paint, readonly Place[]>): void {
    const { start, end, number } = this.page.table;
    const marks: HTMLElement[] = [];
    for (const kind of ORDER)
      for (const place of paints.get(kind) ?? []) {
        if (place.end <= start || place.start >= end + 1) continue;
        if (place.region)
          marks.push(...(place.region.page === number ? [mark(kind, rectOf(place.region), true)] : []));
        else if (this.page.bare) marks.push(mark(kind, { left: 0, top: 0, right: 100, bottom: 100 }, true));
        else marks.push(...bandsOf(this.page.words, place).map((band) => mark(kind, band, false)));
      }
    this.#paints.replaceChildren(...marks);
  }

  /** A rectangle of the page (percent) in the window. */
  inWindow(rect: Rect): DOMRect {
    const box = this.element.getBoundingClientRect();
    const across = box.width / 100;
    const down = box.height / 100;
    return new DOMRect(
      box.left + rect.left * across,
      box.top + rect.top * down,
      (rect.right - rect.left) * across,
      (rect.bottom - rect.top) * down,
    );
  }

  /** A point of the window on the page (percent). */
  get areaLabel(): string {
    return t(
      "Area on page %(page)s. Arrow keys move it, with shift they change its size. Enter: comment, q: question, x: I'm lost here, h: highlight, Escape: stop.",
      { page: this.page.table.number },
    );
  }

  onPage(x: number, y: number): [number, number] {
    const box = this.element.getBoundingClientRect();
    return [((x - box.left) / box.width) * 100, ((y - box.top) / box.height) * 100];
  }
}

function mark(kind: Paint, rect: Rect, region: boolean): HTMLElement {
  const element = document.createElement("i");
  element.dataset.kind = kind;
  element.toggleAttribute("data-region", region);
  lay(element, rect);
  return element;
}

function skipped(name: string): HTMLElement {
  const element = document.createElement("div");
  element.className = name;
  element.dataset.fwSkip = "";
  return element;
}

/** A word reaches to the next one of its line, so that a selection has no holes. */
function reaching(word: Word, next: Word | undefined): { left: number; right: number } {
  const { left, right } = word;
  if (!next || word.tail !== " " || next.top !== word.top || next.rtl !== word.rtl) return { left, right };
  const near = (gap: number) => gap > 0 && gap < (word.bottom - word.top) * 2;
  if (word.rtl) return near(left - next.right) ? { left: next.right, right } : { left, right };
  return near(next.left - right) ? { left, right: next.left } : { left, right };
}

function widthOf(text: string): number {
  if (!measuring) {
    measuring = document.createElement("canvas").getContext("2d");
    if (measuring) measuring.font = `${MEASURE_PX}px sans-serif`;
  }
  return measuring?.measureText(text).width ?? 0;
}
