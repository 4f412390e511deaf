/** A minute hand, so that “2 minutes ago” stays true. */
import { signal } from "@preact/signals";
import { relative } from "../lib/time.ts";

const minute = signal<number | null>(null);

/** “2 minutes ago”, for as long as the page is open; nothing until the clock was started. */
export const ago = (iso: string): string => (minute.value === null ? "" : relative(iso, minute.value));

export function startClock(): void {
  const strike = () => {
    minute.value = Date.now();
  };
  strike();
  setInterval(strike, 30_000);
}
