/** Play, time, speed, captions, sound, whole screen: plain buttons, all reachable by keyboard. */
import type { VNode } from "preact";
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { clock } from "../fragments.ts";
import { RATES } from "./player.ts";
import { showWhole } from "./showing.ts";
import { following } from "./side.ts";
import type { VideoSurface } from "./video-surface.ts";

export function Controls({ surface }: { surface: VideoSurface }) {
  const { player } = surface;
  const playing = player.playing.value;
  return (
    <fieldset class="video-controls" aria-label={t("Play")}>
      <Button label={playing ? t("Pause") : t("Play")} run={() => player.toggle()}>
        {playing ? <Icon name="pause" /> : <Icon name="play" />}
      </Button>
      <Button label={t("5 seconds back")} run={() => player.seek(player.video.currentTime - 5)}>
        <Icon name="undo-2" />
      </Button>
      <span class="video-time numbers">
        {clock(player.time.value)} <span class="soft">/ {clock(player.duration)}</span>
      </span>
      <span class="video-gap" />
      <button
        class="button button-quiet button-small video-follow"
        type="button"
        aria-pressed={following.value}
        onClick={() => {
          following.value = !following.value;
        }}
      >
        {t("Threads follow")}
      </button>
      <label class="video-rate">
        <span class="visually-hidden">{t("Speed")}</span>
        <select
          class="input numbers"
          value={String(player.rate.value)}
          onChange={(event) => player.setRate(Number(event.currentTarget.value))}
        >
          {RATES.map((rate) => (
            <option value={String(rate)} key={rate}>
              {rate}×
            </option>
          ))}
        </select>
      </label>
      {player.cues.length > 0 && (
        <Button label={t("Captions")} pressed={player.captions.value} run={() => player.toggleCaptions()}>
          <Icon name="captions" />
        </Button>
      )}
      <span class="video-sound">
        <Button
          label={player.muted.value ? t("Sound on") : t("Sound off")}
          run={() => {
            player.video.muted = !player.video.muted;
          }}
        >
          {player.muted.value ? <Icon name="volume-x" /> : <Icon name="volume-2" />}
        </Button>
      </span>
      {document.fullscreenEnabled && (
        <Button label={t("Whole screen")} run={() => showWhole(surface.root)}>
          <Icon name="maximize" />
        </Button>
      )}
    </fieldset>
  );
}

type ButtonProps = { label: string; run: () => void; pressed?: boolean; children: VNode };

function Button({ label, run, pressed, children }: ButtonProps) {
  return (
    <button
      class="button button-icon button-quiet"
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={run}
    >
      {children}
    </button>
  );
}
