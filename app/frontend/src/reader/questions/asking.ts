/** A question that a teacher writes: made at a passage or a moment, or opened again to be changed. */
import { computed, signal } from "@preact/signals";
import { ApiError, api, newKey } from "../../lib/api.ts";
import { t } from "../../lib/messages.ts";
import { toast } from "../../lib/toast.ts";
import { announce } from "../announce.ts";
import { raiseSheet } from "../layout.ts";
import { own } from "../page-info.ts";
import { askToSignIn } from "../signed-out.ts";
import type { Passage } from "../surface.ts";
import type { Selector, Span } from "../types.ts";
import { putQuestion } from "./state.ts";
import type { Kind, Question } from "./types.ts";

export type OptionDraft = {
  key: string;
  id: string | null;
  text: string;
  correct: boolean;
  feedback: string;
};
export type Draft = {
  /** The question that is changed; null for a new one. */
  id: string | null;
  key: string;
  quote: string;
  selectors: Selector[];
  span: Span | null;
  kind: Kind;
  stem: string;
  options: OptionDraft[];
  model_answer: string;
  explanation: string;
  required: boolean;
  attempts: number;
  show_others: boolean;
  saving: boolean;
  /** What is not right yet: by the name of the field, "" for the whole. */
  problems: Record<string, string>;
};

/** One is written at a time; it stands beside its passage. */
export const asking = signal<Draft | null>(null);

/** Where it stands: undefined while none is written, null for one that has lost its place. */
export const askedAt = computed(() => asking.value?.span);
/** The name of its place in the column of threads. */
export const QUESTION_SLOT = "a-question";

export const emptyOption = (correct = false): OptionDraft => ({
  key: newKey(),
  id: null,
  text: "",
  correct,
  feedback: "",
});

/** Opens the form at a passage or a moment: what the bar's “Ask a question here” does. */
export function ask({ selectors, span, quote }: Passage): void {
  if (asking.value) {
    announce(t("Finish the question that you are writing first."));
    return;
  }
  asking.value = {
    id: null,
    key: newKey(),
    quote,
    selectors,
    span,
    kind: "choice",
    stem: "",
    options: [emptyOption(true), emptyOption()],
    model_answer: "",
    explanation: "",
    required: false,
    attempts: 1,
    show_others: true,
    saving: false,
    problems: {},
  };
  raiseSheet();
}

export function change(one: Question): void {
  const { key } = one;
  asking.value = {
    id: one.id,
    key: newKey(),
    quote: "",
    selectors: one.target.selector,
    span: one.span,
    kind: one.kind,
    stem: one.stem,
    options: one.options.map(({ id, text }) => ({
      key: id,
      id,
      text,
      correct: key?.correct.includes(id) ?? false,
      feedback: key?.feedback[id] ?? "",
    })),
    model_answer: key?.model_answer ?? "",
    explanation: key?.explanation ?? "",
    required: one.required,
    attempts: one.attempts,
    show_others: one.show_others,
    saving: false,
    problems: {},
  };
  raiseSheet();
}

export function update(part: Partial<Draft>): void {
  if (asking.value) asking.value = { ...asking.value, ...part };
}

/** Closing loses nothing at once: what was written can be had back. */
export function close(): void {
  const draft = asking.value;
  asking.value = null;
  if (draft?.stem.trim() && !draft.id)
    toast(t("The question was not saved."), {
      action: {
        label: t("Go on writing"),
        run: () => {
          asking.value ??= draft;
        },
      },
    });
}

/** Says what is missing before anything is sent. */
function problemsOf(draft: Draft): Record<string, string> {
  const found: Record<string, string> = {};
  if (!draft.stem.trim()) found.stem = t("Write the question.");
  if (draft.kind === "short_text") {
    if (!draft.model_answer.trim())
      found.model_answer = t("Write a good answer: students compare their own with it.");
    return found;
  }
  const filled = draft.options.filter(({ text }) => text.trim());
  if (filled.length < 2) found.options = t("Write at least two options.");
  else if (!filled.some(({ correct }) => correct)) found.options = t("Mark the option that is right.");
  return found;
}

function bodyOf(draft: Draft): object {
  const { stem, explanation, required, attempts, show_others, model_answer } = draft;
  const filled = draft.options.filter(({ text }) => text.trim());
  const options = filled.map(({ id, text, correct, feedback }) => ({
    ...(id ? { id } : {}),
    text,
    correct,
    feedback,
  }));
  const parts = draft.kind === "choice" ? { options } : { model_answer };
  return { stem, explanation, required, attempts, show_others, ...parts };
}

export async function save(): Promise<void> {
  const draft = asking.value;
  if (!draft || draft.saving) return;
  const problems = problemsOf(draft);
  update({ problems, saving: Object.keys(problems).length === 0 });
  if (Object.keys(problems).length) return;
  try {
    const body = bodyOf(draft);
    const saved = draft.id
      ? await api<Question>(`/questions/${draft.id}`, { method: "PATCH", body })
      : await api<Question>(own("/questions"), {
          method: "POST",
          body: { ...body, kind: draft.kind, target: { selector: draft.selectors } },
          idempotencyKey: draft.key,
        });
    asking.value = null;
    putQuestion(saved);
    announce(draft.id ? t("The question is changed.") : t("The question is in the document."));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) askToSignIn();
    // Another body under the same key would be refused: what is sent next is a new thing.
    update({
      saving: false,
      key: error.passing ? draft.key : newKey(),
      problems: { "": error.errors[0]?.detail ?? error.message },
    });
  }
}
