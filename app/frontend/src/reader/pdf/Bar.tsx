/** Above the pages: which page, how large, and marking an area. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { drawing } from "../areas.ts";
import { mayWrite } from "../page-info.ts";
import type { PdfSurface } from "./pdf-surface.ts";

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];

export function Bar({ surface }: { surface: PdfSurface }) {
  const page = useSignal(1);
  const zoom = useSignal(1);
  useEffect(
    () =>
      followPage(surface, (number) => {
        page.value = number;
      }),
    [surface, page],
  );
  const size = (next: number) => {
    zoom.value = next;
    surface.zoom(next);
  };
  const step = (by: number) =>
    size(ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, ZOOMS.indexOf(zoom.value) + by))] ?? 1);
  const count = surface.views.length;
  return (
    <div class="pdf-bar" role="toolbar" aria-label={t("Pages")}>
      <button
        class="button button-icon button-quiet"
        type="button"
        data-step
        aria-label={t("Previous page")}
        title={t("Previous page")}
        disabled={page.value <= 1}
        onClick={() => surface.goTo(page.value - 1)}
      >
        <Icon name="chevron-up" />
      </button>
      <button
        class="button button-icon button-quiet"
        type="button"
        data-step
        aria-label={t("Next page")}
        title={t("Next page")}
        disabled={page.value >= count}
        onClick={() => surface.goTo(page.value + 1)}
      >
        <Icon name="chevron-down" />
      </button>
      <label class="pdf-bar-page">
        <span class="visually-hidden">{t("Page")}</span>
        <input
          class="input"
          type="text"
          inputMode="numeric"
          size={3}
          value={page.value}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => surface.goTo(Number.parseInt(event.currentTarget.value, 10) || page.value)}
        />
        <span class="soft numbers">{t("of %(count)s", { count })}</span>
      </label>
      <span class="pdf-bar-gap" />
      <button
        class="button button-icon button-quiet"
        type="button"
        aria-label={t("Smaller")}
        title={t("Smaller")}
        disabled={zoom.value <= 0.5}
        onClick={() => step(-1)}
      >
        <Icon name="zoom-out" />
      </button>
      <button
        class="button button-quiet button-small numbers"
        type="button"
        title={t("Fit the width")}
        aria-label={t("Fit the width; now %(part)s %%", { part: Math.round(zoom.value * 100) }).replace(
          "%%",
          "%",
        )}
        onClick={() => size(1)}
      >
        {Math.round(zoom.value * 100)} %
      </button>
      <button
        class="button button-icon button-quiet"
        type="button"
        aria-label={t("Larger")}
        title={t("Larger")}
        disabled={zoom.value >= 3}
        onClick={() => step(1)}
      >
        <Icon name="zoom-in" />
      </button>
      {mayWrite() && (
        <button
          class="button button-quiet button-small"
          type="button"
          aria-pressed={drawing.value}
          title={t("Mark an area of the page")}
          aria-label={t("Mark an area of the page")}
          onClick={() => surface.markArea()}
        >
          <Icon name="square-dashed" /> <span class="pdf-bar-word">{t("Mark an area")}</span>
        </button>
      )}
    </div>
  );
}

/** Tells which page is at the middle of the window. */
function followPage(surface: PdfSurface, tell: (number: number) => void): () => void {
  let frame = 0;
  const look = () => {
    frame = 0;
    tell(surface.pageShown());
  };
  const onScroll = () => {
    if (!frame) frame = requestAnimationFrame(look);
  };
  look();
  addEventListener("scroll", onScroll, { passive: true });
  return () => removeEventListener("scroll", onScroll);
}
