/** Questions on a timeline: the picture stops at them, and one that is required lets nobody past unanswered. */
import { computed, effect, signal } from "@preact/signals";
import type { Surface } from "../surface.ts";
import { inOrder, isSettled, mayAnswer } from "./state.ts";

type Stop = { id: string; at: number; holding: boolean };
/** What a medium with a timeline has: it stops at these moments, and tells when it has. */
type Timeline = { stopAt?(stops: readonly Stop[], reached: (id: string) => void): void };

/** The question at which the picture stands still. */
export const gate = signal<string | null>(null);

const stops = computed((): Stop[] =>
  mayAnswer()
    ? inOrder.value.flatMap((one) =>
        one.span && !isSettled(one) ? [{ id: one.id, at: one.span.start, holding: one.required }] : [],
      )
    : [],
);

export function stopAtQuestions(surface: Surface & Timeline): void {
  if (!surface.stopAt) return;
  effect(() =>
    surface.stopAt?.(stops.value, (id) => {
      gate.value = id;
    }),
  );
}

/** Leaves the question; the picture goes on unless one has to answer first. */
export function leaveGate(goOn: boolean): void {
  gate.value = null;
  if (goOn)
    document
      .querySelector<HTMLVideoElement>("#fw-reader video")
      ?.play()
      .catch(() => undefined); // a browser that forbids it waits for a click
}
