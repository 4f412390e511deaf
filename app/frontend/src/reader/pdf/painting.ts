/** Has pdf.js paint the pages near the window, the visible ones first, one at a time. */
import type { PDFDocumentProxy, RenderTask } from "pdfjs-dist";
import { t } from "../../lib/messages.ts";
import { loadPdfjs, PDF_PARAMETERS } from "../../lib/pdfjs.ts";
import { toast } from "../../lib/toast.ts";
import type { PageView } from "./page.ts";

/** Sides of a canvas that every browser can make. */
const MOST_PIXELS = 12_000_000;

export class Painting {
  readonly #document: Promise<PDFDocumentProxy | null>;
  readonly #wanted = new Set<PageView>();
  readonly #done = new Map<PageView, number>();
  #task: { view: PageView; task: RenderTask } | null = null;
  #busy = false;

  constructor(url: string) {
    this.#document = open(url);
  }

  want(view: PageView): void {
    this.#wanted.add(view);
    void this.#work();
  }

  /** Frees a page that is far away. */
  drop(view: PageView): void {
    this.#wanted.delete(view);
    if (this.#task?.view === view) this.#task.task.cancel();
    if (!this.#done.delete(view)) return;
    view.canvas.width = 0;
    view.canvas.height = 0;
  }

  /** Paints the wanted pages anew, sharp at their present size. */
  refresh(): void {
    void this.#work();
  }

  /** A small picture of a page. */
  async small(number: number, canvas: HTMLCanvasElement, width: number): Promise<void> {
    const pdf = await this.#document;
    if (pdf) await (await draw(pdf, number, canvas, width)).promise;
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const pdf = await this.#document;
    for (let view = this.#next(); pdf && view; view = this.#next()) await this.#paint(pdf, view);
    this.#busy = false;
  }

  /** The page nearest to the middle of the window that is not painted in its present size. */
  #next(): PageView | undefined {
    const far = (view: PageView) => {
      const box = view.element.getBoundingClientRect();
      return Math.abs((box.top + box.bottom) / 2 - innerHeight / 2);
    };
    return [...this.#wanted]
      .filter((view) => this.#done.get(view) !== view.element.clientWidth)
      .sort((a, b) => far(a) - far(b))[0];
  }

  async #paint(pdf: PDFDocumentProxy, view: PageView): Promise<void> {
    const width = view.element.clientWidth;
    this.#done.set(view, width);
    try {
      // Painted aside, so that the page shows the old picture until the new one is there.
      const canvas = document.createElement("canvas");
      const task = await draw(pdf, view.page.table.number, canvas, width);
      this.#task = { view, task };
      await task.promise;
      [view.canvas.width, view.canvas.height] = [canvas.width, canvas.height];
      view.canvas.getContext("2d")?.drawImage(canvas, 0, 0);
      view.element.toggleAttribute("data-painted", true);
    } catch {
      // Scrolled away while it was painted, or a page that pdf.js cannot read; its words are there all the same.
      if (!this.#wanted.has(view)) this.#done.delete(view);
    } finally {
      this.#task = null;
    }
  }
}

async function open(url: string): Promise<PDFDocumentProxy | null> {
  try {
    const pdfjs = await loadPdfjs();
    return await pdfjs.getDocument({ url, ...PDF_PARAMETERS, rangeChunkSize: 1 << 18, verbosity: 0 }).promise;
  } catch {
    toast(t("The pages cannot be painted now. Their words are here; load the page again for the pictures."), {
      tone: "danger",
    });
    return null;
  }
}

async function draw(
  pdf: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
): Promise<RenderTask> {
  const page = await pdf.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const sharp = (width / natural.width) * Math.min(devicePixelRatio || 1, 3);
  const scale = Math.min(sharp, Math.sqrt(MOST_PIXELS / (natural.width * natural.height)));
  const viewport = page.getViewport({ scale });
  [canvas.width, canvas.height] = [Math.round(viewport.width), Math.round(viewport.height)];
  return page.render({ canvas, viewport });
}
