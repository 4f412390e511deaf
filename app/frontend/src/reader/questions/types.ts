/** The shapes of the API for embedded questions (see /api/v1/openapi.json). */
import type { AnswerOut, QuestionOut } from "../../lib/api-types.ts";
import type { Span, Target } from "../types.ts";

/** An answer of somebody in the course, as staff see it. */
export type Answer = AnswerOut;
export type Confidence = NonNullable<AnswerOut["confidence"]>;
export type SelfCheck = NonNullable<AnswerOut["self_check"]>;
export type Kind = QuestionOut["kind"];

/** What staff alone get: what is right, and what is said about each option. */
export type Key = {
  correct: string[];
  feedback: Record<string, string>;
  model_answer: string;
  explanation: string;
};

/** Students who answered, were right at first, and were sure of something wrong. */
export type Tally = { answered: number; right: number; sure_but_wrong: number };

/** A question; `key` and `tally` come to staff alone. */
export type Question = Omit<QuestionOut, "target" | "span"> & {
  target: Target;
  span: Span | null;
  key?: Key;
  tally?: Tally;
};

/** What the viewer was told about the own newest answer. */
export type Outcome = {
  question_id: string;
  attempt: number;
  attempts_left: number;
  value: string;
  confidence: Confidence | null;
  correct: boolean | null;
  feedback_html: string;
  explanation_html: string;
  model_answer_html: string;
  self_check: SelfCheck | null;
  right_options: string[];
  others: { answered: number; counts: Record<string, number> } | null;
};

/** An answer on its way. Its `key` is the Idempotency-Key, so that sending it again never counts twice. */
export type Sending = {
  key: string;
  question_id: string;
  assignment_id: string;
  account_id: string;
  value: string;
  confidence: Confidence;
  composed_at: string;
  /** Whether it is stored in this browser, or only in this window. */
  stored: boolean;
  /** Whether a try has failed for want of a connection. */
  waiting: boolean;
};
