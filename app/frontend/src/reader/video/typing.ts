/** Typing pauses the picture; when the text is posted or put away, it goes on where it was. */
import { effect } from "@preact/signals";
import { editors } from "../editing/editors.ts";
import type { Player } from "./player.ts";

export function pauseWhileTyping(player: Player): void {
  let paused = false;
  const pause = () => {
    if (player.video.paused) return;
    paused = true;
    player.video.pause();
  };
  document.addEventListener("input", (event) => {
    if ((event.target as Element).closest(".editor")) pause();
  });
  let open = 0;
  effect(() => {
    const now = [...editors.value.values()].filter((editor) => editor.open).length;
    if (now > open) pause();
    else if (!now && open && paused) {
      paused = false;
      player.interval.value = null;
      void player.play();
    } else if (!now && open) player.interval.value = null;
    open = now;
  });
}
