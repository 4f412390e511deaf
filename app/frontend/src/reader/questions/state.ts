/** What the page knows of the questions in the document: the questions, my answers, and answers on their way. */
import { computed, signal } from "@preact/signals";
import { api } from "../../lib/api.ts";
import { onChange } from "../live/envelope.ts";
import { info, own } from "../page-info.ts";
import type { Outcome, Question, Sending } from "./types.ts";

export const questions = signal<ReadonlyMap<string, Question>>(new Map());
export const outcomes = signal<ReadonlyMap<string, Outcome>>(new Map());
/** Answers that the server does not have yet, by question. */
export const sending = signal<ReadonlyMap<string, Sending>>(new Map());
/** Why the server would not take an answer, by question. */
export const refused = signal<ReadonlyMap<string, string>>(new Map());
/** Questions whose removal can still be undone. */
export const leaving = signal<ReadonlySet<string>>(new Set());

type List<T> = { items: T[] };
const NOW_AND_THEN_MS = 800;

/** In the order of the document; those that lost their place come last. */
export const inOrder = computed(() =>
  [...questions.value.values()]
    .filter(({ id }) => !leaving.value.has(id))
    .sort((a, b) => (a.span?.start ?? Infinity) - (b.span?.start ?? Infinity) || (a.id < b.id ? -1 : 1)),
);

/** May the viewer answer? A pause in posting does not stop answering. */
export const mayAnswer = (): boolean =>
  info.viewer.role === "student" && !info.viewer.previewing && info.assignment.state === "assigned";

/** Nothing more is asked of the viewer: no attempt is left, or the answer is on its way. */
export const isSettled = ({ id }: Question): boolean =>
  sending.value.has(id) || outcomes.value.get(id)?.attempts_left === 0;

export async function loadQuestions(): Promise<void> {
  const mine = mayAnswer() || info.assignment.state === "closed";
  const [found, answered] = await Promise.all([
    api<List<Question>>(own("/questions")),
    mine && info.viewer.role === "student" && !info.viewer.previewing
      ? api<List<Outcome>>(own("/answers/mine"))
      : { items: [] },
  ]);
  questions.value = new Map(found.items.map((one) => [one.id, one]));
  outcomes.value = new Map(answered.items.map((one) => [one.question_id, one]));
}

export const putQuestion = (one: Question): void => {
  questions.value = new Map(questions.value).set(one.id, one);
};

export function dropQuestion(id: string): void {
  const next = new Map(questions.value);
  next.delete(id);
  questions.value = next;
}

export const putOutcome = (one: Outcome): void => {
  outcomes.value = new Map(outcomes.value).set(one.question_id, one);
};

export function putSending(one: Sending): void {
  sending.value = new Map(sending.value).set(one.question_id, one);
}

export function dropSending(question: string): void {
  const next = new Map(sending.value);
  next.delete(question);
  sending.value = next;
}

export function refuse(question: string, sentence: string | null): void {
  const next = new Map(refused.value);
  if (sentence) next.set(question, sentence);
  else next.delete(question);
  refused.value = next;
}

/** Questions that change while one reads change on the page; staff also see the answers come in. */
export function listenToQuestions(): void {
  onChange("question.changed", ({ object }) => {
    const changed = object as unknown as Question;
    if (info.viewer.staff || outcomes.value.has(changed.id)) soon();
    else putQuestion(changed);
  });
  onChange("question.removed", ({ object }) => dropQuestion(object.id));
  onChange("answer.created", soon);
}

let timer = 0;

/** Many answers in one lesson make one request now and then. */
function soon(): void {
  if (timer) return;
  timer = window.setTimeout(() => {
    timer = 0;
    // What could not be read now is read at the next change, or when the page is loaded again.
    loadQuestions().catch(() => undefined);
  }, NOW_AND_THEN_MS);
}
