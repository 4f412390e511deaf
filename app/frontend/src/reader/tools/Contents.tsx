/** The parts of the document, how many threads each has, and where one is. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import type { Heading, Surface } from "../surface.ts";
import { threads } from "../threads/model.ts";

export function Contents({ surface }: { surface: Surface }) {
  const headings = useMemo(() => surface.headings(), [surface]);
  const here = useSignal(0);
  const open = useSignal(false);
  useEffect(
    () =>
      follow(surface, headings, (index) => {
        here.value = index;
      }),
    [surface, headings, here],
  );
  const more = surface.contents?.();
  if (headings.length < 2 && !more) return null;
  const go = (heading: Heading) => {
    open.value = false;
    surface.scrollTo({ start: heading.start, end: heading.start + 1 }, "start");
  };
  const deepest = Math.min(...headings.map(({ level }) => level));
  return (
    <>
      <button
        class="button button-icon contents-open"
        type="button"
        aria-expanded={open.value}
        aria-label={t("Contents")}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name="list-tree" />
      </button>
      <div class="contents-list" data-open={open.value || undefined}>
        {headings.length > 1 && <p class="eyebrow">{t("Contents")}</p>}
        <ol class="contents">
          {headings.map((heading, index) => {
            const count = countIn(headings, index);
            return (
              <li key={heading.start} data-level={Math.min(2, heading.level - deepest)}>
                <button
                  type="button"
                  aria-current={here.value === index ? "location" : undefined}
                  onClick={() => go(heading)}
                >
                  <span>{heading.text}</span>
                  {count > 0 && (
                    <span class="contents-count" title={nt("%(num)s thread", "%(num)s threads", count)}>
                      {count}
                      <span class="visually-hidden"> {t("threads")}</span>
                    </span>
                  )}
                </button>
              </li>
            );
          })}
        </ol>
        {more}
      </div>
    </>
  );
}

function countIn(headings: readonly Heading[], index: number): number {
  const from = headings[index]?.start ?? 0;
  const to = headings[index + 1]?.start ?? Infinity;
  return threads.value.filter(({ span }) => span && span.start >= from && span.start < to).length;
}

/** Tells which part is being read, while one scrolls. */
function follow(surface: Surface, headings: readonly Heading[], tell: (index: number) => void): () => void {
  let _frame = 0;
  const look = () => {
    _frame = 0;
    const start = surface.visible()?.start ?? 0;
    const next = headings.findIndex((heading) => heading.start > start + 5);
    tell(Math.max(0, (next < 0 ? headings.length : next) - 1));
  };
  const onScroll = () => {
    _frame ||= requestAnimationFrame(look);
  };
  look();
  addEventListener("scroll", onScroll, { passive: true });
  return () => removeEventListener("scroll", onScroll);
}
