/** The keys of the wall; none of them works while somebody types. */
import { t } from "../lib/messages.ts";
import { go, panel, plan, solved, toggle, vote } from "./state.ts";
import { startOrStop } from "./timer.ts";

type Key = { keys: string[]; shown: string; words: () => string; run: () => void };

export const KEYS: Key[] = [
  { keys: ["ArrowRight", "PageDown"], shown: "→", words: () => t("Next step"), run: () => go(1) },
  { keys: ["ArrowLeft", "PageUp"], shown: "←", words: () => t("Step before"), run: () => go(-1) },
  { keys: ["t"], shown: "T", words: () => t("Start or stop the time"), run: startOrStop },
  { keys: ["v"], shown: "V", words: () => t("Open or close the vote"), run: () => void vote() },
  {
    keys: ["s"],
    shown: "S",
    words: () => t("Mark what is right, or not"),
    run: () => {
      solved.value = !solved.value;
    },
  },
  { keys: ["g"], shown: "G", words: () => t("Groups"), run: () => toggle("groups") },
  { keys: ["n"], shown: "N", words: () => t("A note for yourself"), run: () => toggle("notes") },
  { keys: ["f"], shown: "F", words: () => t("Full screen"), run: () => void fullScreen() },
  { keys: ["?"], shown: "?", words: () => t("These keys"), run: () => toggle("keys") },
  { keys: ["Escape"], shown: "Esc", words: () => t("Close, or leave"), run: leave },
];

async function fullScreen(): Promise<void> {
  // Some browsers refuse it in a frame; the page is large enough without.
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => undefined);
  else await document.documentElement.requestFullscreen?.().catch(() => undefined);
}

export function leave(): void {
  if (panel.value) panel.value = "";
  else location.assign(`/plans/${plan.id}`);
}

export function listen(): void {
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as Element).closest("input, textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== "Escape")) return;
    const found = KEYS.find(({ keys }) =>
      keys.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key),
    );
    if (!found) return;
    event.preventDefault();
    found.run();
  });
}
