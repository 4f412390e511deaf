/** The list of threads follows the picture: the thread of this moment is marked and kept on screen. */
import { effect } from "@preact/signals";
import { editors } from "../editing/editors.ts";
import { beside } from "../layout.ts";
import { active } from "../state.ts";
import { cardOf } from "../threads/activate.ts";
import { placed } from "../threads/model.ts";
import type { Player } from "./player.ts";
import { following } from "./side.ts";

/** Threads stay lit so long after their moment. */
const LINGER = 6;

export function followThreads(player: Player): void {
  let lit: string | null = null;
  effect(() => {
    const time = player.time.value;
    const last = placed.value.filter(({ span }) => span && span.start <= time + 0.1).at(-1);
    const now = last?.span && time - Math.max(last.span.end, last.span.start) < LINGER ? last.id : null;
    if (now === lit) return;
    if (lit) cardOf(lit)?.removeAttribute("data-now");
    lit = now;
    const card = now ? cardOf(now) : null;
    card?.setAttribute("data-now", "");
    if (card && mayMove(player)) keepInView(card);
  });
}

/** Nothing moves under the hand of somebody who reads or writes. */
const mayMove = (player: Player): boolean =>
  following.value &&
  player.playing.peek() &&
  !active.peek() &&
  ![...editors.peek().values()].some(({ open }) => open) &&
  !document.querySelector(".reader-threads:hover, .reader-threads:focus-within");

function keepInView(card: HTMLElement): void {
  const list = card.closest<HTMLElement>(beside.peek() ? ".reader-threads" : ".thread-panel-body");
  if (!list) return;
  const far = card.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  list.scrollBy({ top: far, behavior: smooth ? "smooth" : "auto" });
}
