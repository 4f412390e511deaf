/**
 * Rating blind, a key at a time. Each level goes to the server at once; until it is there, this browser keeps it and
 * sends it again for as long as it takes, so that no key is lost.
 */
import { computed, signal } from "@preact/signals";
import { ApiError, api, backOff } from "../lib/api.ts";
import { recall, remember } from "../lib/storage.ts";
import { toast } from "../lib/toast.ts";
import { courseId, own, state } from "./state.ts";
import type { Item, Level } from "./types.ts";

type Pending = Record<string, Level | null>;

const KEY = `foreword.calibration.${courseId}`;
const pending = signal<Pending>(kept());
const past: { item: string; before: Level | null }[] = [];
let sending = false;
/** The next page is on its way and may be older than what is sent now: it sends what is kept itself. */
let leaving = false;
const STAYED_MS = 3000;
addEventListener("beforeunload", () => {
  leaving = true;
  // Still here: it was no other page (a download, say), or this one was kept for coming back.
  setTimeout(() => {
    leaving = false;
    void sendAll();
  }, STAYED_MS);
});

/** Which item is on screen; as many as there are means: all done. */
export const place = signal(firstOpen());
export const here = computed<Item | undefined>(() => state.value.items[place.value]);
export const rated = computed(() => state.value.items.filter((item) => levelOf(item) !== null).length);
export const waiting = computed(() => Object.keys(pending.value).length);
export const failing = signal(false);
/** Has somebody rated or moved on since the page was opened? */
export const moved = signal(false);

/** One's own level for an item, as of the last key. */
export function levelOf(item: Item): Level | null {
  return item.id in pending.value ? (pending.value[item.id] ?? null) : item.level;
}

function kept(): Pending {
  try {
    return (JSON.parse(recall(KEY) ?? "{}") as Pending | null) ?? {};
  } catch {
    return {};
  }
}

/** The first that has no level yet. */
function firstOpen(): number {
  const { items } = state.value;
  const open = items.findIndex((item) => levelOf(item) === null);
  return open < 0 ? items.length : open;
}

export const startAtFirstOpen = (): void => {
  place.value = firstOpen();
};

export const finish = (): void => {
  place.value = state.value.items.length;
};

export function rate(level: Level): void {
  const item = here.value;
  if (!item) return;
  past.push({ item: item.id, before: levelOf(item) });
  keep(item.id, level);
  step(1);
}

/** Takes the last key back and shows what it was about. */
export function undo(): void {
  const last = past.pop();
  if (!last) return;
  const at = state.value.items.findIndex((item) => item.id === last.item);
  if (at < 0) return;
  keep(last.item, last.before);
  place.value = at;
}

export function step(by: 1 | -1): void {
  moved.value = true;
  place.value = Math.min(Math.max(0, place.value + by), state.value.items.length);
}

function keep(item: string, level: Level | null): void {
  pending.value = { ...pending.value, [item]: level };
  remember(KEY, JSON.stringify(pending.value));
  void sendAll();
}

/** Sends what is waiting, one after the other, until nothing is. */
export async function sendAll(): Promise<void> {
  if (sending) return;
  sending = true;
  for (let attempt = 0; waiting.value > 0 && !leaving; ) {
    const [item, level] = Object.entries(pending.value)[0] as [string, Level | null];
    const problem = await send(item, level);
    failing.value = problem !== null;
    if (problem?.passing || problem?.status === 401) await pause(backOff(attempt++, problem.retryAfter));
    else done(item, level, problem);
  }
  sending = false;
}

async function send(item: string, level: Level | null): Promise<ApiError | null> {
  try {
    await api(own(`/items/${item}/rating`), { method: "PUT", body: { level }, retries: 0 });
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error;
  }
}

/** The server has it, or has said that there is no such item any more. */
function done(item: string, level: Level | null, problem: ApiError | null): void {
  if (problem && problem.status !== 404) toast(problem.message, { tone: "danger" });
  if (leaving || pending.value[item] !== level) return; // or another key was pressed meanwhile
  if (!problem)
    state.value = {
      ...state.value,
      items: state.value.items.map((one) => (one.id === item ? { ...one, level } : one)),
    };
  const { [item]: _sent, ...rest } = pending.value;
  pending.value = rest;
  remember(KEY, JSON.stringify(rest));
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
