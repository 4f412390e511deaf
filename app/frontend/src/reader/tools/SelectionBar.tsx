/** The small bar at the selection; on touch it docks at the lower edge, where the phone's own bar does not cover it. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { act, type Deed } from "../choosing.ts";
import { cursor } from "../cursor.ts";
import { touch } from "../layout.ts";
import { info, mayWrite } from "../page-info.ts";
import { selected } from "../selection.ts";
import type { Surface } from "../surface.ts";

const DEEDS = (): { deed: Deed; label: string; icon: string }[] => [
  { deed: "comment", label: t("Comment"), icon: "message-square" },
  { deed: "question", label: t("Question"), icon: "circle-help" },
  { deed: "lost", label: t("I'm lost here"), icon: "life-buoy" },
  { deed: "highlight", label: t("Highlight"), icon: "highlighter" },
  ...(info.viewer.staff
    ? [{ deed: "ask" as const, label: t("Ask a question here"), icon: "notebook-pen" }]
    : []),
];

const GAP = 10;

export function SelectionBar({ surface }: { surface: Surface }) {
  const bar = useRef<HTMLDivElement>(null);
  const box = selected.value?.box ?? (cursor.value ? surface.place(cursor.value) : null);
  const passage = selected.value ?? (cursor.value ? surface.passage(cursor.value) : null);
  useLayoutEffect(() => {
    if (bar.current && box && !touch) place(bar.current, box);
  });
  if (!passage || !box || !mayWrite()) return null;
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const buttons = [...(bar.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (!step || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div
      class={`selection-bar${touch ? " selection-bar-docked" : ""}`}
      role="toolbar"
      aria-label={t("With these words")}
      ref={bar}
      onKeyDown={move}
      // A press on the bar must not take the selection away.
      onPointerDown={(event) => event.preventDefault()}
    >
      {DEEDS().map(({ deed, label, icon }, index) => (
        <button
          class="selection-deed"
          type="button"
          key={deed}
          data-deed={deed}
          tabIndex={index ? -1 : 0}
          onClick={() => act(surface, deed, passage)}
        >
          <Icon name={icon} size={18} /> {label}
        </button>
      ))}
    </div>
  );
}

/** Above the first line where there is room, else below. */
function place(bar: HTMLElement, box: DOMRect): void {
  const above = box.top - bar.offsetHeight - GAP;
  const top = above > 64 ? above : box.bottom + GAP;
  const left = Math.min(Math.max(8, box.left), document.documentElement.clientWidth - bar.offsetWidth - 8);
  bar.style.transform = `translate(${Math.round(left + scrollX)}px, ${Math.round(top + scrollY)}px)`;
}
