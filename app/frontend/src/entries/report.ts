/**
 * The confusion report: prints, and keeps up with the class. A newer report is shown at once while nothing on
 * the page is opened or being typed; otherwise it is offered, so that what is being read never moves.
 */
import { api } from "../lib/api.ts";

type State = { state: "making" | "ready"; stale: boolean; made_at: string | null };

const page = document.querySelector<HTMLElement>("[data-report]");
const SOON = 2_000;
const LATER = 15_000;

for (const button of document.querySelectorAll("[data-print]"))
  button.addEventListener("click", () => window.print());

for (const form of document.querySelectorAll<HTMLFormElement>("[data-part]"))
  form.addEventListener("change", () => form.requestSubmit());

function isUntouched(shown: HTMLElement): boolean {
  const typing = document.activeElement?.matches("input, select, textarea") ?? false;
  const ticked = shown.querySelector("input:checked") !== null;
  return !typing && !ticked && shown.querySelector("details[open]") === null;
}

async function look(shown: HTMLElement): Promise<void> {
  const before = shown.dataset.made ?? "";
  const found = await api<State>(`/assignments/${shown.dataset.report}/confusion-report`, { retries: 0 });
  const newer = found.state === "ready" && Date.parse(found.made_at ?? "") !== Date.parse(before);
  if (newer && (!before || isUntouched(shown))) location.reload();
  const news = shown.querySelector<HTMLElement>("[data-news]");
  if (newer && news) news.hidden = false;
  if (!newer) again(shown, found.state === "making" || found.stale ? SOON : LATER);
}

function again(shown: HTMLElement, after: number): void {
  setTimeout(() => {
    if (document.hidden) again(shown, LATER);
    else look(shown).catch(() => again(shown, LATER));
  }, after);
}

if (page) again(page, page.dataset.made && !page.dataset.stale ? LATER : SOON);
