/** Which annotation is about to be hidden or reported; the reason is chosen in the thread itself. */
import { signal } from "@preact/signals";
import type { Annotation } from "../types.ts";

export const asking = signal<{ one: Annotation; what: "hide" | "report" } | null>(null);
