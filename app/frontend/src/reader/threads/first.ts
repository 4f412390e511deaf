/** What can wait until there is something to read in the margin. */
import { effect } from "@preact/signals";
import { annotations, loaded } from "../state.ts";

const LONGEST_MS = 1500;

/** When the first threads are on the screen, or there are none; on a slow network, they are not waited for. */
export function firstThreads(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_MS);
    const stop = effect(() => {
      if (!loaded.value && !annotations.value.size) return;
      requestAnimationFrame(() => setTimeout(resolve));
      queueMicrotask(() => stop());
    });
  });
}
