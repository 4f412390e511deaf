/** Putting steps into another order: by dragging, with the arrow keys on the handle, or with the buttons. */
import { signal } from "@preact/signals";
import { t } from "../lib/messages.ts";
import { moved } from "./order.ts";
import { change, kinds, plan, said } from "./state.ts";
import type { Step } from "./types.ts";

/** The step that is being dragged. */
export const dragged = signal<string | null>(null);

export function moveBy(step: Step, by: number): void {
  const from = plan.value.steps.findIndex((one) => one.id === step.id);
  const to = from + by;
  if (to < 0 || to >= plan.value.steps.length) return;
  moveTo(step.id, to);
  const name = step.title || kinds[step.kind].name;
  said.value = t("%(name)s is now number %(place)s of %(all)s", {
    name,
    place: to + 1,
    all: plan.value.steps.length,
  });
}

export function moveTo(id: string, to: number): void {
  change({ steps: moved(plan.value.steps, id, to) });
}

/** Arrow keys on a step's handle. */
export function onHandleKey(event: KeyboardEvent, step: Step): void {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by) return;
  event.preventDefault();
  moveBy(step, by);
  const handle = event.currentTarget as HTMLElement;
  // The list is drawn anew in another order; the handle keeps the focus.
  requestAnimationFrame(() => handle.focus());
}

export function onDragOver(event: DragEvent, over: Step): void {
  if (!dragged.value || dragged.value === over.id) return;
  event.preventDefault();
  const steps = plan.value.steps;
  const from = steps.findIndex((one) => one.id === dragged.value);
  const to = steps.findIndex((one) => one.id === over.id);
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const past = event.clientY > box.top + box.height / 2;
  // Only once the middle is passed, or two steps of different height would change places to and fro.
  if ((from < to && past) || (from > to && !past)) moveTo(dragged.value, to);
}
