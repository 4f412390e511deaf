/** The line below the picture: where one is, where the class writes, questions, own passages. */
import { nt, t } from "../../lib/messages.ts";
import { clock } from "../fragments.ts";
import { isMine, lostBins } from "../state.ts";
import { ownMarks, placed } from "../threads/model.ts";
import type { Span } from "../types.ts";
import { type Bin, densityOf } from "./density.ts";
import { Handles } from "./Handles.tsx";
import type { VideoSurface } from "./video-surface.ts";

const BINS = 80;

export function Timeline({ surface }: { surface: VideoSurface }) {
  const { player } = surface;
  const { duration } = player;
  const share = (seconds: number) => `${(Math.min(seconds, duration) / Math.max(0.1, duration)) * 100}%`;
  const own = placed.value.filter(({ head }) => isMine(head));
  return (
    <div class="moments">
      <div class="moments-track">
        <progress class="moments-played" max={duration} value={player.time.value} aria-hidden="true" />
        <input
          class="moments-slider"
          type="range"
          min={0}
          max={duration}
          step={0.1}
          value={player.time.value}
          aria-label={t("Moment")}
          aria-valuetext={t("%(time)s of %(whole)s", {
            time: clock(player.time.value),
            whole: clock(duration),
          })}
          onInput={(event) => player.seek(Number(event.currentTarget.value))}
        />
        {own.map(({ id, span }) => span && <Mark kind="mine" span={span} share={share} key={id} />)}
        {ownMarks.value.map(
          ({ id, span }) => span && <Mark kind="lost" span={span} share={share} key={id} />,
        )}
        {(["active", "writing", "cursor"] as const).flatMap((kind) =>
          (surface.painted.value.get(kind) ?? []).map((span) => (
            <Mark kind={kind} span={span} share={share} key={`${kind}-${span.start}`} />
          )),
        )}
        {player.stops.value.map(({ id, at }) => (
          <button
            class="moments-stop"
            type="button"
            key={id}
            style={{ insetInlineStart: share(at) }}
            aria-label={t("Question at %(time)s", { time: clock(at) })}
            title={t("Question at %(time)s", { time: clock(at) })}
            onClick={() => player.seek(at)}
          />
        ))}
        <Handles surface={surface} share={share} />
      </div>
      <Density surface={surface} />
    </div>
  );
}

type MarkProps = { kind: string; span: Span; share: (seconds: number) => string };

function Mark({ kind, span, share }: MarkProps) {
  const width = span.end - span.start;
  return (
    <i
      class="moments-mark"
      data-kind={kind}
      style={{ insetInlineStart: share(span.start), inlineSize: width > 0 ? share(width) : undefined }}
    />
  );
}

function Density({ surface }: { surface: VideoSurface }) {
  const { duration } = surface.player;
  const bins = densityOf(placed.value, lostBins.value, duration, BINS);
  const most = Math.max(1, ...bins.map(({ all, lost }) => all + lost));
  const go = (event: MouseEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    surface.player.seek(((event.clientX - box.left) / box.width) * duration);
  };
  const peakOf = (weight: (bin: Bin) => number) =>
    bins.reduce((best, bin, index) => (weight(bin) > weight(bins[best] as Bin) ? index : best), 0);
  const [peak, worst] = [peakOf(({ all }) => all), peakOf(({ lost }) => lost)];
  const { lost } = bins[worst] as Bin;
  const words = [
    bins[peak]?.all
      ? t("Most is written at %(time)s.", { time: clock((peak / BINS) * duration) })
      : t("Nobody has written here yet."),
    lost &&
      nt("%(num)s person is lost at %(time)s.", "%(num)s people are lost at %(time)s.", lost, {
        time: clock((worst / BINS) * duration),
      }),
  ]
    .filter(Boolean)
    .join(" ");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the mouse; slider and threads lead there by keyboard
    <div class="moments-density" role="img" aria-label={words} onClick={go}>
      {bins.map(({ all, questions, lost }, index) => (
        <i
          key={index}
          data-question={questions > 0 || undefined}
          data-lost={lost || undefined}
          data-level={all + lost ? Math.ceil(((all + lost) / most) * 4) : 0}
        />
      ))}
    </div>
  );
}
