/** A PDF as the server read it: its text is the axis, its page table tells where each word stands. */
import { PointText } from "../../../../../annotators/text/points.ts";
import { api } from "../../lib/api.ts";
import { info } from "../page-info.ts";
import { type PageTable, type Word, wordsOnPage } from "./words.ts";

type Content = {
  text: string;
  pages: PageTable[];
  outline: { title: string; level: number; page: number }[];
  pdf_url: string;
};

/** The words of one page on the axis, with their boxes, read when they are first asked for. */
export class PageText {
  readonly table: PageTable;
  /** What the page's layer holds: its words, and the break before the next page. */
  readonly text: PointText;
  #words: Word[] | undefined;
  readonly #axis: PointText;

  constructor(table: PageTable, axis: PointText) {
    this.table = table;
    this.#axis = axis;
    this.text = new PointText(axis.slice(table.start, Math.min(axis.length, table.end + 1)));
  }

  get words(): readonly Word[] {
    this.#words ??= wordsOnPage(this.table, this.#axis);
    return this.#words;
  }

  get bare(): boolean {
    return this.table.words.length === 0;
  }
}

export class PdfText {
  readonly axis: PointText;
  /** The same with blanks for line ends: a sentence does not end with its line. */
  readonly flowing: PointText;
  readonly pages: readonly PageText[];
  readonly outline: Content["outline"];
  readonly url: string;

  constructor({ text, pages, outline, pdf_url }: Content) {
    this.axis = new PointText(text);
    this.flowing = new PointText(text.replaceAll("\n", " "));
    this.pages = pages.map((table) => new PageText(table, this.axis));
    this.outline = outline;
    this.url = pdf_url;
  }

  /** Index of the page that holds an offset. */
  pageAt(point: number): number {
    let [low, high] = [0, this.pages.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pages[middle] as PageText).table.end < point) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export const loadPdf = async (): Promise<PdfText> =>
  new PdfText(await api<Content>(`/documents/${info.document.id}/content`));
