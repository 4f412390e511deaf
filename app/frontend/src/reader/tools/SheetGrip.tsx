/** The upper edge of the sheet on small screens: one tap raises it, another lowers it; it can be dragged. */
import { useRef } from "preact/hooks";
import { nt, t } from "../../lib/messages.ts";
import { type SheetHeight, sheet } from "../layout.ts";
import { shown, unreadCount } from "../threads/model.ts";

const HEIGHTS: readonly SheetHeight[] = ["low", "half", "full"];

export function SheetGrip() {
  const from = useRef<number | null>(null);
  const move = (steps: number) => {
    const at = HEIGHTS.indexOf(sheet.value) + steps;
    sheet.value = HEIGHTS[Math.min(HEIGHTS.length - 1, Math.max(0, at))] ?? "low";
  };
  const dragged = useRef(false);
  const dropped = (event: PointerEvent) => {
    const far = from.current === null ? 0 : from.current - event.clientY;
    from.current = null;
    dragged.current = Math.abs(far) > 24;
    if (dragged.current) move(far > innerHeight * 0.4 ? 2 : Math.sign(far));
  };
  const pressed = () => {
    // The click that ends a drag is no press.
    if (!dragged.current) sheet.value = sheet.value === "low" ? "half" : "low";
    dragged.current = false;
  };
  return (
    <div class="sheet-edge">
      <button
        class="sheet-handle"
        type="button"
        aria-expanded={sheet.value !== "low"}
        aria-label={t("Annotations: show more or less of them")}
        onPointerDown={(event) => {
          from.current = event.clientY;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerUp={dropped}
        onPointerCancel={() => {
          from.current = null;
        }}
        onClick={pressed}
        onKeyDown={(event) => {
          const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (steps) {
            event.preventDefault();
            move(steps);
          }
        }}
      >
        <span class="sheet-grip" aria-hidden="true" />
        <span>{nt("%(num)s thread", "%(num)s threads", shown.value.length)}</span>
        {unreadCount.value > 0 && (
          <span class="chip" data-tone="accent">
            {t("%(count)s new", { count: unreadCount.value })}
          </span>
        )}
      </button>
    </div>
  );
}
