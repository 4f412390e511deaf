/** What the page of calibration is told; see CalibrationOut in app/calibration/schemas.py. */
export type Level = 0 | 1 | 2;

export type Words = {
  body_html: string;
  is_question: boolean;
  quote: string;
  before: string;
  after: string;
  reply_to_html: string;
};

export type Item = { id: string; words: Words; level: Level | null };
export type Rater = { name: string; role: string; rated: number; me: boolean };

export type Agreement = {
  pairs: number;
  /** The share of the same level, 0 to 1. */
  same: number;
  kappa: number | null;
  low: number | null;
  high: number | null;
  /** Rows are people, columns the machine. */
  table: number[][];
};

export type Difference = { words: Words; people: Level; machine: Level; adapted: Level };
export type Moves = {
  up: number;
  down: number;
  nameless_up: number;
  nameless_down: number;
  students: { name: string; up: number; down: number }[];
  examples: { words: Words; before: Level; after: Level }[];
};

export type Comparison = {
  id: string;
  state: "making" | "ready" | "too_few" | "accepted";
  goes_back: boolean;
  ratings: number;
  asked_at: string;
  figures: { before: Agreement; after: Agreement; people: Agreement | null } | null;
  differences: Difference[];
  moves: Moves | null;
};

export type Appeal = {
  id: string;
  annotation_id: string;
  assignment_id: string;
  assignment_title: string;
  sentence: string;
  words: Words;
  level: Level;
  reasons: string[];
  created_at: string;
};

export type State = {
  items: Item[];
  candidates: number;
  enough: number;
  is_calibrated: boolean;
  may_decide: boolean;
  raters: Rater[];
  comparison: Comparison | null;
  in_force: { accepted_at: string; accepted_by: string; ratings: number; is_old: boolean } | null;
  appeals: Appeal[];
};
