/** Single keys of the video page; `n` and `x` write on the moment that is shown, as everywhere. */
import { t } from "../../lib/messages.ts";
import { readSettings } from "../../lib/theme.ts";
import { announce } from "../announce.ts";
import { act } from "../choosing.ts";
import { clock } from "../fragments.ts";
import { mayWrite } from "../page-info.ts";
import { selected } from "../selection.ts";
import { showWhole } from "./showing.ts";
import type { VideoSurface } from "./video-surface.ts";

const FRAME = 1 / 25;
const JUMP = 5;

type Key = { key: string; name?: string; words: () => string; run: (surface: VideoSurface) => void };

export const KEYS: readonly Key[] = [
  { key: " ", name: "space", words: () => t("play or pause"), run: ({ player }) => player.toggle() },
  { key: "c", words: () => t("comment on this moment"), run: comment },
  {
    key: "ArrowLeft",
    name: "←",
    words: () => t("5 seconds back"),
    run: ({ player }) => player.seek(player.video.currentTime - JUMP),
  },
  {
    key: "ArrowRight",
    name: "→",
    words: () => t("5 seconds on"),
    run: ({ player }) => player.seek(player.video.currentTime + JUMP),
  },
  { key: ",", words: () => t("one picture back"), run: (surface) => stepBy(surface, -FRAME) },
  { key: ".", words: () => t("one picture on"), run: (surface) => stepBy(surface, FRAME) },
  { key: "i", words: () => t("a passage from here"), run: (surface) => setEnd(surface, "start") },
  { key: "o", words: () => t("the passage to here"), run: (surface) => setEnd(surface, "end") },
  { key: "f", words: () => t("whole screen"), run: ({ root }) => showWhole(root) },
];

/** A field, or something that takes these keys itself. */
const TAKEN =
  "input:not([type=range]), textarea, select, [contenteditable], dialog, [role=application], .selection-bar";

export function listenToVideoKeys(surface: VideoSurface): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target as Element;
    if (target.closest(TAKEN) || !readSettings().keys) return;
    if (event.key === " " && target.closest("button, a, summary")) return;
    if (event.key.startsWith("Arrow") && target.closest("input, [role=slider], [role=tab]")) return;
    const found = KEYS.find(({ key }) => key === event.key);
    if (!found) return;
    event.preventDefault();
    found.run(surface);
  });
}

function comment(surface: VideoSurface): void {
  if (mayWrite()) act(surface, "comment", selected.value ?? surface.here());
}

function stepBy({ player }: VideoSurface, seconds: number): void {
  player.video.pause();
  player.seek(player.video.currentTime + seconds);
}

function setEnd({ player }: VideoSurface, side: "start" | "end"): void {
  if (!mayWrite()) return;
  player.setEnd(side);
  const { start = 0, end = 0 } = player.interval.value ?? {};
  announce(
    t("Passage from %(start)s to %(end)s. c: comment, Escape: drop it.", {
      start: clock(start),
      end: clock(end),
    }),
  );
}
