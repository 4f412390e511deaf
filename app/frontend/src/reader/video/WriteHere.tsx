/** Writing on the moment that is shown, or on the passage between two moments. */
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { drawing } from "../areas.ts";
import { act, type Deed } from "../choosing.ts";
import { clock } from "../fragments.ts";
import { info, mayWrite } from "../page-info.ts";
import type { VideoSurface } from "./video-surface.ts";

export function WriteHere({ surface }: { surface: VideoSurface }) {
  const { player } = surface;
  if (!mayWrite()) return null;
  const passage = player.interval.value;
  const at = passage ? `${clock(passage.start)}–${clock(passage.end)}` : clock(player.time.value);
  const write = (deed: Deed) => act(surface, deed, surface.here());
  return (
    <fieldset class="video-write" aria-label={t("Write on %(time)s", { time: at })}>
      <span class="video-write-at numbers" aria-hidden="true">
        {at}
      </span>
      <button class="button button-small" type="button" onClick={() => write("comment")}>
        <Icon name="message-square" size={18} /> {t("Comment here")}
      </button>
      <button class="button button-small" type="button" onClick={() => write("question")}>
        <Icon name="circle-help" size={18} /> {t("Question here")}
      </button>
      <button class="button button-small" type="button" onClick={() => write("lost")}>
        <Icon name="life-buoy" size={18} /> {t("I'm lost here")}
      </button>
      {info.document.medium === "video" && (
        <button
          class="button button-quiet button-small"
          type="button"
          aria-pressed={drawing.value}
          title={t("Mark an area of the picture")}
          onClick={() => surface.markArea()}
        >
          <Icon name="square-dashed" size={18} /> {t("Mark an area")}
        </button>
      )}
      <span class="video-gap" />
      <button class="button button-quiet button-small" type="button" onClick={() => player.setEnd("start")}>
        {t("From here")}
      </button>
      <button class="button button-quiet button-small" type="button" onClick={() => player.setEnd("end")}>
        {t("To here")}
      </button>
      {passage && (
        <button
          class="button button-quiet button-small"
          type="button"
          onClick={() => {
            player.interval.value = null;
          }}
        >
          {t("Only this moment")}
        </button>
      )}
    </fieldset>
  );
}
