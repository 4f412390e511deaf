/** The two ends of a passage on the timeline: dragged, or moved with the arrow keys. */
import { t } from "../../lib/messages.ts";
import { clock } from "../fragments.ts";
import type { VideoSurface } from "./video-surface.ts";

const FINE = 0.5;
const COARSE = 5;

type Side = "start" | "end";
type Props = { surface: VideoSurface; share: (seconds: number) => string };

export function Handles({ surface, share }: Props) {
  const span = surface.player.interval.value;
  if (!span) return null;
  return (
    <>
      <i
        class="moments-passage"
        style={{ insetInlineStart: share(span.start), inlineSize: share(span.end - span.start) }}
      />
      <Handle
        side="start"
        label={t("Start of the passage")}
        at={span.start}
        surface={surface}
        share={share}
      />
      <Handle side="end" label={t("End of the passage")} at={span.end} surface={surface} share={share} />
    </>
  );
}

function Handle({ side, label, at, surface, share }: Props & { side: Side; label: string; at: number }) {
  const { player } = surface;
  const move = (to: number) => {
    const { start = 0, end = 0 } = player.interval.value ?? {};
    const [least, most] = side === "start" ? [0, end - FINE] : [start + FINE, player.duration];
    const placed = Math.min(most, Math.max(least, to));
    player.interval.value = side === "start" ? { start: placed, end } : { start, end: placed };
    player.seek(placed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = {
      ArrowLeft: -FINE,
      ArrowDown: -FINE,
      ArrowRight: FINE,
      ArrowUp: FINE,
      PageDown: -COARSE,
      PageUp: COARSE,
    }[event.key];
    if (event.key === "Escape") player.interval.value = null;
    else if (step) move(at + step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerMove = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const track = event.currentTarget.parentElement?.getBoundingClientRect();
    if (track) move(((event.clientX - track.left) / track.width) * player.duration);
  };
  return (
    <button
      type="button"
      class="moments-handle"
      role="slider"
      data-side={side}
      style={{ insetInlineStart: share(at) }}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={player.duration}
      aria-valuenow={Math.round(at * 10) / 10}
      aria-valuetext={clock(at)}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
    />
  );
}
