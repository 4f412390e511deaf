/** The minutes of a step, counted down. It only runs when somebody starts it, and goes below nothing without alarm. */
import { signal } from "@preact/signals";
import { step } from "./state.ts";

export const left = signal(0);
export const ticking = signal(false);
let until = 0;

step.subscribe((now) => {
  ticking.value = false;
  left.value = (now?.minutes ?? 0) * 60;
});

export function startOrStop(): void {
  ticking.value = !ticking.value;
  if (ticking.value) until = Date.now() + left.value * 1000;
}

setInterval(() => {
  if (ticking.value) left.value = Math.round((until - Date.now()) / 1000);
}, 250);

/** “4:05”, or “+0:30” once the time is over. */
export function clock(seconds: number): string {
  const whole = Math.abs(seconds);
  const minutes = Math.floor(whole / 60);
  return `${seconds < 0 ? "+" : ""}${minutes}:${String(whole % 60).padStart(2, "0")}`;
}
