/**
 * What was really read: the part on screen, while the tab is visible and the person does something. Sent in
 * batches where the course records it; the same spans tell how much has been read and where to go on.
 */
import { computed, signal } from "@preact/signals";
import { ApiError, api } from "../lib/api.ts";
import { recall, remember } from "../lib/storage.ts";
import { info, own } from "./page-info.ts";
import { join } from "./spans.ts";
import type { Played, Surface } from "./surface.ts";
import type { Span } from "./types.ts";

type Interval = { kind: "read" | "watch"; start: number; end: number; seconds: number; began_at: string };

const TICK_S = 5;
const SEND_S = 30;
/** Without a move of hand, wheel or key for so long, nobody is reading. */
const IDLE_MS = 60_000;
const MOST_KEPT = 200;

/** Spans that have been on screen long enough, joined. */
const covered = signal<readonly Span[]>([]);
const length = signal(1);
export const readShare = computed(() => {
  const sum = covered.value.reduce((total, { start, end }) => total + end - start, 0);
  return Math.min(1, sum / Math.max(1, length.value));
});

let unsent: Interval[] = [];
let lastInput = Date.now();

export function startReading(surface: Surface): void {
  length.value = surface.length;
  covered.value = recalled();
  void addRecorded();
  void tell(true);
  for (const name of ["pointermove", "keydown", "wheel", "scroll", "touchstart"])
    addEventListener(
      name,
      () => {
        lastInput = Date.now();
      },
      { passive: true },
    );
  setInterval(() => tick(surface), TICK_S * 1000);
  setInterval(() => void tell(), SEND_S * 1000);
  document.addEventListener("visibilitychange", () => document.hidden && void leave(surface));
}

const storageKey = (): string => `foreword.read.${info.viewer.id}.${info.assignment.id}`;

function recalled(): Span[] {
  try {
    return JSON.parse(recall(storageKey()) ?? "[]") as Span[];
  } catch {
    // Damaged storage only costs the figure.
    return [];
  }
}

/** What was played counts as it was played; replays come again. */
function watched(parts: readonly Played[]): void {
  for (const { start, end, ...how } of parts) {
    covered.value = join(covered.value, { start, end });
    if (info.course.analytics) unsent.push({ kind: "watch", start, end, ...how });
  }
  unsent = unsent.slice(-MOST_KEPT);
  if (parts.length) remember(storageKey(), JSON.stringify(covered.value));
}

/** What other browsers of this person have read, as far as the course records it. */
async function addRecorded(): Promise<void> {
  if (!info.course.analytics) return;
  try {
    const { intervals } = await api<{ intervals: Interval[] }>(own("/activity/mine"), { retries: 0 });
    covered.value = intervals.reduce(
      (spans, { start, end }) => join(spans, { start, end }),
      covered.value as Span[],
    );
  } catch (error) {
    // The figure is then what this browser knows.
    if (!(error instanceof ApiError)) throw error;
  }
}

function tick(surface: Surface): void {
  if (surface.played) {
    watched(surface.played());
    return;
  }
  const span = surface.visible();
  if (!span || document.hidden || Date.now() - lastInput > IDLE_MS) return;
  covered.value = join(covered.value, span);
  remember(storageKey(), JSON.stringify(covered.value));
  if (!info.course.analytics || info.viewer.previewing) return;
  const last = unsent.at(-1);
  if (last && last.start === span.start && last.end === span.end) last.seconds += TICK_S;
  else
    unsent.push({
      kind: "read",
      ...span,
      seconds: TICK_S,
      began_at: new Date(Date.now() - TICK_S * 1000).toISOString(),
    });
  unsent = unsent.slice(-MOST_KEPT);
}

/** Sends what was read; what does not arrive is sent with the next batch. */
async function tell(opened = false): Promise<void> {
  if (!unsent.length && !(opened && info.course.analytics)) return;
  const intervals = unsent;
  unsent = [];
  try {
    await api(own("/activity"), {
      method: "POST",
      body: { intervals },
      keepalive: document.hidden,
      retries: 0,
      idempotencyKey: "",
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.passing) unsent = [...intervals, ...unsent].slice(-MOST_KEPT);
  }
}

async function leave(surface: Surface): Promise<void> {
  if (surface.played) watched(surface.played());
  await tell();
  const position = surface.visible()?.start;
  if (position === undefined || info.viewer.previewing) return;
  remember(`${storageKey()}.position`, String(position));
  try {
    await api(own("/seen"), { method: "PUT", body: { position }, keepalive: true, retries: 0 });
  } catch (error) {
    // This browser knows the place; other devices learn it the next time.
    if (!(error instanceof ApiError)) throw error;
  }
}

/** Goes to where reading stopped, unless an address leads elsewhere or one has scrolled already. */
export function goOn(surface: Surface, position: number | null): void {
  const place = position ?? Number(recall(`${storageKey()}.position`) ?? 0);
  // A few words or the first second are no place to go back to.
  if (place < (surface.played ? 1 : 50) || scrollY > 40 || location.hash) return;
  surface.scrollTo({ start: place, end: place + 1 }, "start");
}
