/** A part of a page that says how work in the background gets on: it is asked for again until nothing is going on. */
import { refreshTimes } from "./page-habits.ts";

const EVERY = 1500;

/**
 * Keeps the element with this id fresh: `data-again` is the address that has it, `data-busy` tells (other than "0")
 * that it will change. `done` gets the element once the work is over.
 */
export function keepFresh(id: string, done?: (rows: HTMLElement) => void): void {
  setTimeout(() => void again(id, done), EVERY);
}

async function again(id: string, done?: (rows: HTMLElement) => void): Promise<void> {
  const rows = document.getElementById(id);
  if (!rows || rows.dataset.busy === "0") return;
  const answer = await fetch(rows.dataset.again ?? "", { credentials: "same-origin" }).catch(() => null);
  if (answer?.ok) replace(rows, await answer.text());
  const now = document.getElementById(id);
  if (now && now !== rows && now.dataset.busy === "0") done?.(now);
  keepFresh(id, done);
}

function replace(rows: HTMLElement, page: string): void {
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById(rows.id);
  if (!fresh || fresh.isEqualNode(rows)) return;
  // a person with the focus on a button in the part keeps it: the part waits
  if (rows.contains(document.activeElement) && fresh.dataset.busy !== "0") return;
  const adopted = document.adoptNode(fresh);
  rows.replaceWith(adopted);
  refreshTimes(adopted);
}
