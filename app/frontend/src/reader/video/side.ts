/** Beside the picture stand the threads or the transcript; on small screens the transcript is under the picture. */
import { effect, signal } from "@preact/signals";

export type Tab = "threads" | "transcript";
export const tab = signal<Tab>("threads");
/** Whether threads and transcript move along with the picture. */
export const following = signal(true);

/** Puts room for the transcript beside the threads, and returns it. */
export function makeSide(): HTMLElement | null {
  const threads = document.getElementById("fw-threads");
  if (!threads) return null;
  const side = document.createElement("div");
  side.className = "video-side";
  threads.replaceWith(side);
  const room = document.createElement("div");
  room.className = "video-transcript";
  side.append(room, threads);
  effect(() => {
    side.dataset.tab = tab.value;
  });
  return room;
}
