/**
 * Signs in the margin: a real button at the beginning of each passage's block, so that people who do not see
 * the colours, or use the keyboard, come by the threads as they read.
 */
import { nt, t } from "../../lib/messages.ts";
import type { Sign } from "../surface.ts";
import type { TextAxis } from "./axis.ts";

type Group = { element: Element; signs: Sign[] };

/** One button for each block; returns whether the page changed. */
export function showSigns(axis: TextAxis, signs: readonly Sign[], choose: (thread: string) => void): boolean {
  const groups = new Map<Element, Group>();
  for (const sign of signs) {
    const element = axis.blockAt(sign.start)?.element ?? axis.root;
    const group = groups.get(element) ?? { element, signs: [] };
    group.signs.push(sign);
    groups.set(element, group);
  }
  let changed = false;
  for (const old of axis.root.querySelectorAll(".margin-sign"))
    if (!groups.has(old.parentElement as Element)) {
      old.remove();
      changed = true;
    }
  for (const group of groups.values()) changed = draw(group, choose) || changed;
  return changed;
}

function draw({ element, signs }: Group, choose: (thread: string) => void): boolean {
  const known = element.querySelector<HTMLButtonElement>(":scope > .margin-sign");
  const button = known ?? document.createElement("button");
  const count = signs.reduce((sum, sign) => sum + sign.count, 0);
  const label = signLabel(signs, count);
  const question = signs.some((sign) => sign.question);
  if (button.getAttribute("aria-label") !== label) {
    button.setAttribute("aria-label", label);
    button.textContent = question ? `${count} ?` : String(count);
  }
  button.toggleAttribute("data-question", question);
  button.toggleAttribute(
    "data-unread",
    signs.some((sign) => sign.unread),
  );
  const first = signs[0]?.thread ?? "";
  button.onclick = () => choose(first);
  if (known) return false;
  button.type = "button";
  button.className = "margin-sign";
  button.setAttribute("data-fw-skip", "");
  button.setAttribute("translate", "no");
  element.prepend(button);
  return true;
}

export function signLabel(signs: readonly Sign[], count: number): string {
  const quote = signs[0]?.label ?? "";
  const unread = signs.some((sign) => sign.unread) ? t("new, ") : "";
  return (
    unread + nt("%(num)s annotation on: %(quote)s", "%(num)s annotations on: %(quote)s", count, { quote })
  );
}
