/** Small pictures of the pages in the contents, painted when they come into view. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../lib/messages.ts";
import { threads } from "../threads/model.ts";
import type { Painting } from "./painting.ts";
import type { PdfSurface } from "./pdf-surface.ts";

const WIDTH = 240;

export function Thumbnails({ surface, painting }: { surface: PdfSurface; painting: Painting }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => paintSeen(list.current, painting), [painting]);
  const counts = new Map<number, number>();
  for (const { span } of threads.value)
    if (span)
      counts.set(surface.pdf.pageAt(span.start), (counts.get(surface.pdf.pageAt(span.start)) ?? 0) + 1);
  return (
    <details class="pdf-thumbnails" open={surface.pdf.outline.length < 2}>
      <summary class="eyebrow">{t("Pages")}</summary>
      <ol ref={list}>
        {surface.pdf.pages.map(({ table }, index) => (
          <li key={table.number}>
            <button
              type="button"
              onClick={() => surface.goTo(table.number)}
              aria-label={t("Page %(page)s", { page: table.number })}
            >
              <canvas
                data-page={table.number}
                width={WIDTH}
                height={Math.round((WIDTH * table.height) / table.width)}
              />
              <span class="numbers">{table.number}</span>
              {counts.has(index) && <span class="contents-count">{counts.get(index)}</span>}
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}

function paintSeen(list: HTMLElement | null, painting: Painting): () => void {
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLCanvasElement)) continue;
      observer.unobserve(target);
      void painting.small(Number(target.dataset.page), target, WIDTH / Math.min(devicePixelRatio || 1, 3));
    }
  });
  for (const canvas of list?.querySelectorAll("canvas") ?? []) observer.observe(canvas);
  return () => observer.disconnect();
}
