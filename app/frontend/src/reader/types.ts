/** The shapes of the API that the reading page works with (see /api/v1/openapi.json). */
import type { Selector, Span } from "../../../../annotators/selectors.ts";
import type { AnnotationOut, MarkOut, TargetOut } from "../lib/api-types.ts";

export type { Selector, Span };

/** As the API gives it; a selector there is any object, here one of those that are written. */
export type Annotation = Omit<AnnotationOut, "target"> & { target: Target };
export type Motivation = Annotation["motivation"];
export type Audience = Annotation["audience"];
export type Vote = keyof Annotation["endorsements"];
export type Target = Partial<Pick<TargetOut, "source">> & { selector: Selector[] };

export type Person = { id: string; name: string; role: "teacher" | "assistant" | "student" | "observer" };

/** “I'm lost here”, of the viewer; others' are only counted. */
export type Mark = Pick<MarkOut, "id" | "span">;

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
