/** A plan as the API gives it (app/plans/schemas.py). */
export type Kind =
  | "vote"
  | "pairs"
  | "jigsaw"
  | "worked_example"
  | "debate"
  | "stations"
  | "whiteboard"
  | "concept_map"
  | "exit_ticket";
export type OwnQuestion = { stem: string; options: string[]; right: number[] };
export type Step = {
  id: string;
  kind: Kind;
  minutes: number;
  topics: string[];
  title: string;
  prompt: string;
  voices: string[];
  in_our_words: string;
  question_id: string | null;
  question: OwnQuestion | null;
  materials: string;
  why: unknown;
  why_text: string;
};
export type Topic = { key: string; label: string; students: number; share: number; gone: boolean };
export type Voice = { id: string; text: string; quote: string };
export type Option = { id: string; text: string };
export type Question = {
  id: string;
  stem: string;
  options: Option[];
  right: string[];
  answered: number;
  right_count: number;
};
export type Member = { id: string; name: string };
export type Group = { number: number; members: Member[]; reasons: string[] };
export type Plan = {
  id: string;
  assignment_id: string | null;
  title: string;
  minutes: number;
  room: "rows" | "tables" | "open";
  revision: number;
  code: string;
  steps: Step[];
  notes: Record<string, string>;
  topics: Topic[];
  voices: Voice[];
  questions: Question[];
  groups: Group[];
};
export type Words = { name: string; purpose: string; prompt: string; materials: string };
export type Kinds = Record<Kind, Words>;
