/** Words and sentences of a PDF, page by page, for reading it by keyboard. */
import { info } from "../page-info.ts";
import { unitAt } from "../text/units.ts";
import type { Span } from "../types.ts";
import type { PdfText } from "./content.ts";

type Kind = "word" | "sentence";

export function unitOf(pdf: PdfText, kind: Kind, at: number, step: -1 | 0 | 1): Span | null {
  if (step < 0) return before(pdf, kind, at);
  const current = from(pdf, kind, at);
  return current && step > 0 ? from(pdf, kind, current.end) : current;
}

/** The first unit that ends after an offset. A page that is a picture is one unit. */
function from(pdf: PdfText, kind: Kind, at: number): Span | null {
  const locale = info.document.locale ?? "";
  for (const { table, bare } of pdf.pages.slice(pdf.pageAt(at))) {
    const bounds = { start: table.start, end: table.end };
    if (bare && at < table.end) return bounds;
    const found = bare ? null : unitAt(pdf.flowing, kind, Math.max(at, table.start), bounds, locale);
    if (found) return found;
  }
  return null;
}

/** The last unit that begins before an offset. */
function before(pdf: PdfText, kind: Kind, at: number): Span | null {
  for (let index = pdf.pageAt(Math.max(0, at - 1)); index >= 0; index -= 1) {
    const page = pdf.pages[index];
    let last: Span | null = null;
    for (
      let next = page && from(pdf, kind, page.table.start);
      next && next.start < at;
      next = from(pdf, kind, next.end)
    ) {
      last = next;
      if (next.end >= (page?.table.end ?? 0)) break;
    }
    if (last) return last;
  }
  return null;
}
