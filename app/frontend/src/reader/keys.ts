/** Single keys, as on the map behind “?”. They can be switched off in the reading settings. */
import { t } from "../lib/messages.ts";
import { readSettings } from "../lib/theme.ts";
import { announce } from "./announce.ts";
import { act, pointedAt } from "./choosing.ts";
import { startCursor } from "./cursor.ts";
import { vote } from "./deeds.ts";
import { reply } from "./editing/editors.ts";
import { raiseSheet } from "./layout.ts";
import { mayWrite } from "./page-info.ts";
import { active, isMine } from "./state.ts";
import type { Surface } from "./surface.ts";
import { activate } from "./threads/activate.ts";
import { placed, shown, type Thread } from "./threads/model.ts";
import { mapOpen } from "./tools/KeyMap.tsx";

type Key = { key: string; words: () => string; run: (surface: Surface) => void };

const current = (): Thread | undefined => shown.value.find((thread) => thread.id === active.value);

export const KEYS: readonly Key[] = [
  { key: "j", words: () => t("next thread"), run: (surface) => walk(surface, 1) },
  { key: "k", words: () => t("previous thread"), run: (surface) => walk(surface, -1) },
  { key: "u", words: () => t("next unread"), run: nextUnread },
  { key: "n", words: () => t("new annotation on what is selected, or choose words by keyboard"), run: begin },
  { key: "r", words: () => t("reply"), run: () => withCurrent((thread) => mayWrite() && reply(thread.head)) },
  { key: "h", words: () => t("helpful"), run: () => withCurrent((thread) => endorse(thread, "helpful")) },
  {
    key: "m",
    words: () => t("me too"),
    run: () => withCurrent((thread) => thread.question && endorse(thread, "me_too")),
  },
  { key: "x", words: () => t("I'm lost here"), run: lost },
  { key: "/", words: () => t("search"), run: search },
  { key: "?", words: () => t("this map"), run: () => openMap() },
];

export function listenToKeys(surface: Surface): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as Element).closest?.("input, textarea, select, [contenteditable], dialog")) return;
    if (event.key === "Escape" && active.value) {
      active.value = null;
      return;
    }
    if (!readSettings().keys) return;
    const found = KEYS.find(({ key }) => key === event.key);
    if (!found) return;
    event.preventDefault();
    found.run(surface);
  });
}

const openMap = (): void => {
  mapOpen.value = true;
};

/** From the active thread, or from what is on screen. */
function walk(surface: Surface, step: 1 | -1): void {
  const list = shown.value;
  const at = list.findIndex((thread) => thread.id === active.value);
  const start = surface.visible()?.start ?? 0;
  const first = placed.value.findIndex((thread) => (thread.span?.end ?? 0) >= start);
  const goal = at >= 0 ? at + step : step > 0 ? Math.max(0, first) : (first < 0 ? list.length : first) - 1;
  go(list[goal]);
}

function nextUnread(): void {
  const at = shown.value.findIndex((thread) => thread.id === active.value);
  const order = [...shown.value.slice(at + 1), ...shown.value.slice(0, at + 1)];
  go(
    order.find((thread) => thread.unread),
    t("Everything is read."),
  );
}

function go(thread: Thread | undefined, otherwise = t("There are no more threads.")): void {
  if (!thread) {
    announce(otherwise);
    return;
  }
  raiseSheet();
  activate(thread.id, { scroll: true, focus: true });
}

function begin(surface: Surface): void {
  if (!mayWrite()) return;
  const passage = pointedAt(surface);
  if (passage) act(surface, "comment", passage);
  else startCursor(surface);
}

function lost(surface: Surface): void {
  const passage = pointedAt(surface);
  if (!mayWrite()) return;
  if (passage) {
    act(surface, "lost", passage);
    return;
  }
  startCursor(surface);
  announce(t("Choose the words where you are lost, then press x again."));
}

function withCurrent(run: (thread: Thread) => unknown): void {
  const thread = current();
  if (thread) run(thread);
  else announce(t("Choose a thread first: j or k."));
}

function endorse(thread: Thread, kind: "helpful" | "me_too"): void {
  if (mayWrite() && !isMine(thread.head)) void vote(thread.head, kind);
}

function search(): void {
  raiseSheet();
  const button = document.getElementById("fw-search-open");
  if (!document.getElementById("fw-search")) button?.click();
  requestAnimationFrame(() => document.getElementById("fw-search")?.focus());
}
