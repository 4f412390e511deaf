/** A minute hand, so that “2 minutes ago” stays true. */
import { signal } from "@preact/signals";

export const minute = signal(Date.now());
setInterval(() => {
  minute.value = Date.now();
}, 30_000);
