/** The shapes of the API that the reading page works with (see /api/v1/openapi.json). */
import type { Selector, Span } from "../../../../annotators/selectors.ts";

export type { Selector, Span };

export type Motivation = "commenting" | "questioning" | "highlighting" | "replying";
export type Audience = "class" | "group" | "staff" | "self";
export type Vote = "helpful" | "me_too";

export type Target = { source?: string; selector: Selector[] };

export type Annotation = {
  id: string;
  assignment_id: string;
  parent_id: string | null;
  /** The first annotation of its thread; null for that one itself. */
  thread_id: string | null;
  motivation: Motivation;
  body: string;
  /** Made by the server from the Markdown in `body`, sanitised there. */
  body_html: string;
  target: Target;
  audience: Audience;
  /** An id of the roster; null when the author gave no name. */
  creator: string | null;
  created: string;
  modified: string;
  seq: number;
  span: Span | null;
  endorsements: { helpful: number; me_too: number };
  anonymous: boolean;
  edited: boolean;
  resolved: boolean;
  /** Taken from view by staff; only they and the author still see it. */
  hidden: boolean;
  hidden_reason: string | null;
  /** Pupils cannot reply in this thread now. */
  paused: boolean;
  /** The place of a removed annotation that has replies. */
  deleted: boolean;
  tags: string[];
  mentions: string[];
};

export type Person = { id: string; name: string; role: "teacher" | "assistant" | "student" | "observer" };

/** “I'm lost here”, of the viewer; others' are only counted. */
export type Mark = { id: string; span: Span | null };

/** What the page was opened with: `app/reader/pages.py` writes it. */
export type PageInfo = {
  assignment: {
    id: string;
    title: string;
    instructions: string;
    state: "draft" | "assigned" | "closed";
    due_at: string | null;
    expected_annotations: number;
    expected_questions: number;
    anonymity: "never" | "allowed";
    grouped: boolean;
  };
  course: { id: string; title: string; timezone: string; analytics: boolean; help: string };
  document: {
    id: string;
    version: number;
    medium: string;
    title: string;
    length: number;
    locale: string | null;
  };
  viewer: {
    id: string;
    name: string;
    role: Person["role"];
    staff: boolean;
    previewing: boolean;
    paused: boolean;
    group: string | null;
  };
  teachers: string[];
};
