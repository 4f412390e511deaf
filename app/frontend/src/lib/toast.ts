/** Short sentences at the lower edge, read out by screen readers (the region is in base.html). */
import { t } from "./messages.ts";

export type Toast = {
  tone?: "message" | "solved" | "danger";
  /** A way back, for example “Undo”. */
  action?: { label: string; run: () => void };
  /** How long it stays; 0 means until it is closed. What can be undone should stay long. */
  seconds?: number;
};

/** Shows a sentence and returns a function that takes it away. */
export function toast(sentence: string, { tone = "message", action, seconds }: Toast = {}): () => void {
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.tone = tone;
  const words = document.createElement("p");
  words.textContent = sentence;
  box.append(words);
  const close = () => box.remove();
  if (action) box.append(smallButton(action.label, () => [action.run(), close()]));
  box.append(smallButton(t("Close"), close));
  document.getElementById("toasts")?.append(box);
  leaveLater(box, seconds ?? (tone === "danger" ? 0 : action ? 12 : 6));
  return close;
}

function smallButton(label: string, run: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet button-small";
  button.textContent = label;
  button.addEventListener("click", run);
  return button;
}

/** Takes a toast away after a while, but never while someone points at it or is in it. */
export function leaveLater(box: HTMLElement, seconds: number): void {
  if (!seconds) return;
  const leave = () => {
    if (box.matches(":hover, :focus-within")) setTimeout(leave, 2000);
    else box.remove();
  };
  setTimeout(leave, seconds * 1000);
}

/** Gives the toasts that came with the page their behaviour. */
export function startToasts(root: ParentNode = document): void {
  for (const box of root.querySelectorAll<HTMLElement>(".toasts > .toast")) {
    box.querySelector("[data-dismiss]")?.addEventListener("click", () => box.remove());
    leaveLater(box, box.dataset.tone === "danger" ? 0 : 8);
  }
}
