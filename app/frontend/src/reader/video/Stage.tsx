/** The picture, its controls and its timeline. */
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../lib/messages.ts";
import { info } from "../page-info.ts";
import { Controls } from "./Controls.tsx";
import { Regions } from "./Regions.tsx";
import { Timeline } from "./Timeline.tsx";
import type { VideoSurface } from "./video-surface.ts";
import { WriteHere } from "./WriteHere.tsx";

export function Stage({ surface }: { surface: VideoSurface }) {
  const { player } = surface;
  const picture = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { beside } = surface.picture;
    picture.current?.prepend(player.video, beside);
    render(<Regions surface={surface} />, beside);
  }, [player, surface]);
  return (
    <>
      <div class="video-stage" data-playing={player.playing.value || undefined}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the hand; the button below and the space bar do the same */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the same shortcut for the hand */}
        <div
          class="video-picture"
          data-sound={info.document.medium === "audio" || undefined}
          ref={picture}
          onClick={({ target }) => (target as Element).closest(".picture-areas") || player.toggle()}
        />
        <Timeline surface={surface} />
        <Controls surface={surface} />
      </div>
      <WriteHere surface={surface} />
      {!player.cues.length && <NoCaptions />}
    </>
  );
}

function NoCaptions() {
  return (
    <p class="soft small video-bare">
      {t("This recording has no captions.")}{" "}
      {info.viewer.staff && (
        <a href={`/documents/${info.document.id}`}>
          {t("Add captions: some of your students cannot hear it.")}
        </a>
      )}
    </p>
  );
}
