/** The areas of the picture that threads are about, while their moment is shown; a press opens the thread. */
import { t } from "../../lib/messages.ts";
import { active, isMine } from "../state.ts";
import type { Place } from "../surface.ts";
import { placed, quoteOf, type Thread } from "../threads/model.ts";
import type { VideoSurface } from "./video-surface.ts";

/** An area at a single moment stays on the picture so long (seconds). */
const LINGER = 4;
const EARLY = 0.3;

const isShown = ({ start, end }: Place, time: number): boolean =>
  start - EARLY <= time && time <= Math.max(end, start + LINGER);

export function Regions({ surface }: { surface: VideoSurface }) {
  const time = surface.player.time.value;
  const shown = placed.value.filter(
    ({ id, span }) => span?.region && (isShown(span, time) || id === active.value),
  );
  const writing = surface.painted.value.get("writing") ?? [];
  return (
    <>
      {shown.map((thread) => (
        <Region thread={thread} surface={surface} key={thread.id} />
      ))}
      {writing.map(
        ({ region }) =>
          region && <i class="picture-region" data-writing style={styleOf(region)} key="writing" />,
      )}
    </>
  );
}

function Region({ thread, surface }: { thread: Thread; surface: VideoSurface }) {
  const { id, head, span, question, solved } = thread;
  if (!span?.region) return null;
  const label = t("Thread on an area: %(words)s", { words: quoteOf(thread) });
  return (
    <button
      class="picture-region"
      type="button"
      data-mine={isMine(head) || undefined}
      data-question={(question && !solved) || undefined}
      data-active={id === active.value || undefined}
      style={styleOf(span.region)}
      aria-label={label}
      title={label}
      onClick={() => surface.choose(id)}
    >
      {question && !solved && <span aria-hidden="true">?</span>}
    </button>
  );
}

const styleOf = ({ x, y, width, height }: NonNullable<Place["region"]>) => ({
  left: `${x}%`,
  top: `${y}%`,
  width: `${width}%`,
  height: `${height}%`,
});
