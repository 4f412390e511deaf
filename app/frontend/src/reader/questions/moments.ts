/**
 * Questions on a timeline. A player asks `nextStop` as it plays, stops the picture just before it and calls `reached`; the
 * question takes the focus, and `goOn` is called when it is answered (or kept, to be sent later) or put off.
 */
import { signal } from "@preact/signals";
import { inOrder, isSettled, mayAnswer } from "./state.ts";
import type { Question } from "./types.ts";

export type Gate = { question: Question; goOn: () => void };
export const gate = signal<Gate | null>(null);
/** What was put off is not asked again until the page is loaded anew. */
const putOff = new Set<string>();

/** The first question that stops the picture between two moments (seconds, `from` not included), or null. */
export function nextStop(from: number, to: number): Question | null {
  if (!mayAnswer()) return null;
  const due = inOrder.value.find(
    (one) =>
      one.span && one.span.start > from && one.span.start <= to && !isSettled(one) && !putOff.has(one.id),
  );
  return due ?? null;
}

/** The picture stands still at a question. */
export function reached(question: Question, goOn: () => void): void {
  gate.value = { question, goOn };
}

/**
 * Leaves the question. One that is required and not answered keeps the picture standing: the player has stopped just
 * before it, so that playing on leads to it again.
 */
export function leaveGate(): void {
  const open = gate.value;
  if (!open) return;
  gate.value = null;
  const settled = isSettled(open.question);
  if (open.question.required && !settled) return;
  if (!settled) putOff.add(open.question.id);
  open.goOn();
}
