/** Signs beside a page: a real button at the line where threads begin. */

import type { Sign } from "../surface.ts";
import { signLabel } from "../text/signs.ts";
import type { PdfText } from "./content.ts";
import type { PageView } from "./page.ts";
import { bandsOf } from "./words.ts";

/** Percent of the page's height within which signs are one. */
const TOGETHER = 2.5;

type Group = { top: number; signs: Sign[] };

export function showSigns(
  pdf: PdfText,
  views: readonly PageView[],
  signs: readonly Sign[],
  choose: (thread: string) => void,
): void {
  const byPage = new Map<number, Group[]>();
  for (const sign of signs) {
    const index = pdf.pageAt(sign.start);
    const groups = byPage.get(index) ?? [];
    const top = heightOf(pdf, index, sign);
    const near = groups.find((group) => Math.abs(group.top - top) < TOGETHER);
    if (near) near.signs.push(sign);
    else groups.push({ top, signs: [sign] });
    byPage.set(index, groups);
  }
  views.forEach((view, index) => {
    const known = [...view.beside.querySelectorAll<HTMLButtonElement>(".margin-sign")];
    const groups = (byPage.get(index) ?? []).sort((a, b) => a.top - b.top);
    groups.forEach((group, at) => {
      const button = known[at] ?? view.beside.appendChild(document.createElement("button"));
      draw(button, group, choose);
    });
    for (const old of known.slice(groups.length)) old.remove();
  });
}

function heightOf(pdf: PdfText, index: number, { start, region }: Sign): number {
  if (region) return region.y;
  return bandsOf(pdf.pages[index]?.words ?? [], { start, end: start + 1 })[0]?.top ?? 0;
}

function draw(button: HTMLButtonElement, { top, signs }: Group, choose: (thread: string) => void): void {
  const count = signs.reduce((sum, sign) => sum + sign.count, 0);
  const question = signs.some((sign) => sign.question);
  button.type = "button";
  button.className = "margin-sign";
  button.style.top = `${top}%`;
  button.setAttribute("aria-label", signLabel(signs, count));
  button.textContent = question ? `${count} ?` : String(count);
  button.toggleAttribute("data-question", question);
  button.toggleAttribute(
    "data-unread",
    signs.some((sign) => sign.unread),
  );
  button.onclick = () => choose(signs[0]?.thread ?? "");
}
