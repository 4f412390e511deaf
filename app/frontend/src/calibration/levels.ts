/** The three levels in words, as everywhere in Foreword. */
import { t } from "../lib/messages.ts";
import type { Level } from "./types.ts";

export const LEVELS: readonly Level[] = [0, 1, 2];

export const nameOf = (level: Level): string =>
  [t("not yet"), t("shows reading"), t("thoughtful")][level] ?? "";

/** What somebody looks for who gives this level. */
export const meaningOf = (level: Level): string =>
  [
    t("Could stand under any text, repeats it, or only agrees."),
    t("Says something about this passage that one must have read it for."),
    t("Interprets, gives a reason, or asks so that one knows what is meant."),
  ][level] ?? "";
