// Written by `make api-types` from the API's description; do not change it by hand.
// biome-ignore-all format: a program wrote this, and it is compared byte for byte

/** An annotation, the same for everybody who may read it. ``seq`` grows with every change of it. */
export interface AnnotationOut {
  id: string;
  assignment_id: string;
  parent_id: string | null;
  thread_id: string | null;
  motivation: "commenting" | "questioning" | "highlighting" | "replying";
  body: string;
  body_html: string;
  target: TargetOut;
  audience: "class" | "group" | "staff" | "self";
  creator: string | null;
  anonymous: boolean;
  created: string;
  modified: string;
  composed_at: string | null;
  edited: boolean;
  seq: number;
  span: SpanOut | null;
  region: Record<string, unknown> | null;
  endorsements: EndorsementsOut;
  resolved: boolean;
  hidden: boolean;
  hidden_reason: string | null;
  paused: boolean;
  deleted: boolean;
  tags: Array<string>;
  mentions: Array<string>;
}

/** A learner's answer as staff see it. */
export interface AnswerOut {
  id: string;
  question_id: string;
  account_id: string;
  attempt: number;
  value: string;
  confidence: "sure" | "unsure" | "guessing" | null;
  correct: boolean | null;
  self_check: "had_it" | "partly" | "not_yet" | null;
  created_at: string;
}

/** What its author wrote against a rating, and what the teacher answered. */
export interface AppealOut {
  id: string;
  state: "open" | "kept" | "changed";
  sentence: string;
  answer: string;
}

/** How many people, never who. */
export interface EndorsementsOut {
  helpful: number;
  me_too: number;
}

/** The one-time code, its address, and how long it works; for a phone its id and the address as a picture. */
export interface EntryOut {
  code: string;
  url: string;
  seconds: number;
  id?: string | null;
  picture?: PictureOut | null;
}

/** What became of a code for a phone. */
export interface EntryStateOut {
  state: "waiting" | "used" | "over";
}

/** One's own mark. */
export interface MarkOut {
  id: string;
  target: TargetOut;
  span: SpanOut | null;
}

/** An option as learners see it; the HTML is the text's Markdown, sanitised. */
export interface OptionOut {
  id: string;
  text: string;
  text_html: string;
}

/** A QR code: dark squares as the path of an SVG of ``size`` by ``size``, with its quiet edge. */
export interface PictureOut {
  size: number;
  path: string;
}

/** A question as everybody sees it: no key, no feedback. */
export interface QuestionOut {
  id: string;
  assignment_id: string;
  kind: "choice" | "short_text";
  stem: string;
  stem_html: string;
  options: Array<OptionOut>;
  target: Record<string, unknown>;
  span: Record<string, number> | null;
  required: boolean;
  attempts: number;
  show_others: boolean;
}

/** A rating as its author sees it, once released: in words, never a number. */
export interface RatingOut {
  annotation_id: string;
  wording: "not_yet" | "shows_reading" | "thoughtful" | "read_by_teacher" | "pending";
  text: string;
  source: "teacher" | "course" | "model" | "none";
  note: string;
  appeal: AppealOut | null;
  may_appeal?: boolean;
  reasons: Array<ReasonOut>;
  marks: Array<Array<unknown>>;
}

/** One reason: a code for programs, a sentence for people; something that counted, or that is missing. */
export interface ReasonOut {
  code: string;
  text: string;
  kind: "counted" | "missing";
}

/** A stretch of the document's axis: code points, or seconds. */
export interface SpanOut {
  start: number;
  end: number;
}

/** The document's id, and W3C selectors (none for a reply, which speaks of its thread). */
export interface TargetOut {
  source: string;
  selector: Array<Record<string, unknown>>;
}
