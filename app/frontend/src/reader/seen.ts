/** Unread marks that survive: what was on screen long enough is told to the server, in batches. */
import { ApiError, api } from "../lib/api.ts";
import { own } from "./page-info.ts";
import { changeMine, mine, withAdded } from "./state.ts";

const LONG_ENOUGH_MS = 2500;
const BATCH_MS = 3000;

const timers = new Map<Element, number>();
const pending = new Set<string>();
let batch = 0;

const watcher =
  typeof IntersectionObserver === "function"
    ? new IntersectionObserver((entries) => entries.forEach(look), { threshold: 0.3 })
    : null;

function look({ target, isIntersecting }: IntersectionObserverEntry): void {
  clearTimeout(timers.get(target));
  timers.delete(target);
  const id = (target as HTMLElement).dataset.annotation;
  if (!isIntersecting || !id || document.hidden) return;
  timers.set(
    target,
    window.setTimeout(() => {
      watcher?.unobserve(target);
      markSeen([id]);
    }, LONG_ENOUGH_MS),
  );
}

/** Watches an annotation's element until it has been read. */
export function watch(element: HTMLElement): () => void {
  watcher?.observe(element);
  return () => {
    clearTimeout(timers.get(element));
    timers.delete(element);
    watcher?.unobserve(element);
  };
}

export function markSeen(ids: readonly string[]): void {
  const fresh = ids.filter((id) => !mine.value.seen.has(id));
  if (!fresh.length) return;
  changeMine({ seen: withAdded(mine.value.seen, ...fresh) });
  for (const id of fresh) pending.add(id);
  clearTimeout(batch);
  batch = window.setTimeout(() => void tell(), BATCH_MS);
}

/** Tells the server now; what does not arrive is told with the next batch. */
export async function tell(): Promise<void> {
  clearTimeout(batch);
  if (!pending.size) return;
  const ids = [...pending];
  pending.clear();
  try {
    await api(own("/seen"), { method: "PUT", body: { ids }, keepalive: document.hidden });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.passing) for (const id of ids) pending.add(id);
  }
}
