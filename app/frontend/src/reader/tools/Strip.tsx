/** The strip between document and threads: where the class writes, where it asks, and what is on screen. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../lib/messages.ts";
import { lostBins } from "../state.ts";
import type { Surface } from "../surface.ts";
import { threads } from "../threads/model.ts";
import type { Span } from "../types.ts";

const BINS = 60;

export function Strip({ surface }: { surface: Surface }) {
  const view = useSignal<Span | null>(null);
  useEffect(
    () =>
      watchView(surface, (span) => {
        view.value = span;
      }),
    [surface, view],
  );
  const bins = heatOf(surface.length);
  const most = Math.max(1, ...bins.map(({ all }) => all));
  const top = ((view.value?.start ?? 0) / surface.length) * 100;
  const height = (((view.value?.end ?? 0) - (view.value?.start ?? 0)) / surface.length) * 100;
  const go = (event: MouseEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientY - box.top) / box.height) * surface.length);
    surface.scrollTo({ start: at, end: at + 1 }, "start");
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the mouse; contents and signs lead there by keyboard
    <div class="strip" role="img" aria-label={wordsFor(bins)} onClick={go}>
      {bins.map(({ all, questions }, index) => (
        <i
          key={index}
          data-question={questions > 0 || undefined}
          data-level={all ? Math.ceil((all / most) * 4) : 0}
        />
      ))}
      <span class="strip-view" style={{ top: `${top}%`, height: `${Math.max(1, height)}%` }} />
    </div>
  );
}

type Bin = { all: number; questions: number };

function heatOf(length: number): Bin[] {
  const bins: Bin[] = Array.from({ length: BINS }, () => ({ all: 0, questions: 0 }));
  const binAt = (point: number) =>
    bins[Math.min(BINS - 1, Math.max(0, Math.floor((point / Math.max(1, length)) * BINS)))] as Bin;
  for (const { span, question, solved, replies, head } of threads.value) {
    if (!span) continue;
    const bin = binAt(span.start);
    bin.all += 1 + replies.length / 2 + head.endorsements.me_too;
    if (question && !solved) bin.questions += 1;
  }
  lostBins.value.forEach((people, step) => {
    binAt(((step + 0.5) / lostBins.value.length) * length).all += people;
  });
  return bins;
}

function wordsFor(bins: readonly Bin[]): string {
  const most = bins.reduce((best, bin, index) => (bin.all > (bins[best] as Bin).all ? index : best), 0);
  if (!bins[most]?.all) return t("Nobody has written in this text yet.");
  return t("Most is written after %(part)s %% of the text.", {
    part: Math.round((most / BINS) * 100),
  }).replace("%%", "%");
}

function watchView(surface: Surface, tell: (span: Span | null) => void): () => void {
  let _frame = 0;
  const look = () => {
    _frame = 0;
    tell(surface.visible());
  };
  const soon = () => {
    _frame ||= requestAnimationFrame(look);
  };
  look();
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  return () => {
    removeEventListener("scroll", soon);
    removeEventListener("resize", soon);
  };
}
