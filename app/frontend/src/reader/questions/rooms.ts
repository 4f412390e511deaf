/** Gives each question a place of its own in the document, in the order of the document. */
import { effect } from "@preact/signals";
import { h, render } from "preact";
import type { Surface } from "../surface.ts";
import { QuestionCard } from "./QuestionCard.tsx";
import { inOrder } from "./state.ts";
import type { Question } from "./types.ts";

const rooms = new Map<string, HTMLElement>();

/** Whether the question stands in the document; in a video, or without a place, it does not. */
export const hasRoom = (surface: Surface, { span }: Question): boolean =>
  Boolean(surface.blockAfter && span && surface.blockAfter(span));

/** Keeps the cards in the document as questions come, change and go. */
export function showInDocument(surface: Surface): void {
  if (!surface.blockAfter) return;
  effect(() => arrange(surface, inOrder.value));
}

function arrange(surface: Surface, questions: readonly Question[]): void {
  const kept = new Set(questions.map(({ id }) => id));
  for (const [id, room] of rooms) if (!kept.has(id)) leave(id, room);
  const last = new Map<Element, Element>();
  for (const question of questions) {
    const block = question.span && surface.blockAfter?.(question.span);
    if (!block) continue;
    const before = last.get(block) ?? block;
    const room = rooms.get(question.id) ?? makeRoom(question.id);
    if (before.nextElementSibling !== room) before.after(room);
    last.set(block, room);
    render(h(QuestionCard, { question }), room);
  }
}

function makeRoom(id: string): HTMLElement {
  const room = document.createElement("div");
  room.className = "question-room";
  // Not a word of ours belongs to the document's text.
  room.setAttribute("data-fw-skip", "");
  rooms.set(id, room);
  return room;
}

function leave(id: string, room: HTMLElement): void {
  render(null, room);
  room.remove();
  rooms.delete(id);
}

/** Brings a question into view and gives it the focus. */
export function goTo(surface: Surface, question: Question): void {
  const card = rooms.get(question.id)?.querySelector<HTMLElement>(".question-card");
  if (card) {
    card.scrollIntoView({ block: "center" });
    card.focus({ preventScroll: true });
  } else if (question.span) surface.scrollTo(question.span, "start");
}
