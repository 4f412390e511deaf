/** From the browser's ranges and heights to offsets of the axis. */
import type { Span } from "../types.ts";
import type { PdfText } from "./content.ts";
import type { PageView } from "./page.ts";

/** Where a range begins or ends on the axis, as far as a page's words go. */
export function edge({ layer, page }: PageView, range: Range, side: "start" | "end"): number {
  const before = document.createRange();
  before.selectNodeContents(layer);
  const [node, offset] =
    side === "start" ? [range.startContainer, range.startOffset] : [range.endContainer, range.endOffset];
  const compared = before.comparePoint(node, offset);
  if (compared < 0) return page.table.start;
  if (compared > 0) return page.table.end;
  before.setEnd(node, offset);
  return page.table.start + page.text.toPoints(before.toString().length);
}

/** Without white space and page breaks at the edges. */
export function trimmed({ axis }: PdfText, { start, end }: Span): Span {
  const words = axis.slice(start, end);
  const lead = words.length - words.trimStart().length;
  return { start: start + lead, end: Math.max(start + lead, end - (words.length - words.trimEnd().length)) };
}

export function offsetAtHeight(view: PageView, height: number): number {
  const { start, end } = view.page.table;
  const share = Math.min(1, Math.max(0, view.onPage(0, height)[1] / 100));
  return Math.round(start + share * (end - start));
}
