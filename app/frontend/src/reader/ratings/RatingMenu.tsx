/** In the menu of a student's annotation, for staff: its level with the reasons, and three buttons to give another. */
import { t } from "../../lib/messages.ts";
import { info } from "../page-info.ts";
import { roster } from "../state.ts";
import type { Annotation } from "../types.ts";
import { Reasons } from "./RatingLine.tsx";
import { giveLevel, type Level, ratings } from "./state.ts";

const LEVELS = (): [Level, string][] => [
  [0, t("not yet")],
  [1, t("shows reading")],
  [2, t("thoughtful")],
];

export function RatingMenu({ one }: { one: Annotation }) {
  const rating = ratings.value.get(one.id);
  const role = one.creator ? roster.value.get(one.creator)?.role : "student";
  if (!info.viewer.staff || !rating || (role && role !== "student")) return null;
  const chosen = rating.wording === "read_by_teacher" || rating.wording === "pending" ? null : rating.level;
  return (
    <div class="rating-menu">
      <p class="small">
        {rating.by_teacher
          ? t("Read by you: %(words)s", { words: rating.text })
          : t("Read by machine: %(words)s", {
              words: rating.wording === "read_by_teacher" ? t("not rated, please read it") : rating.text,
            })}
      </p>
      <Reasons rating={rating} />
      <fieldset class="rating-levels" aria-label={t("Give it a level yourself")}>
        {LEVELS().map(([level, word]) => (
          <button
            class="chip"
            type="button"
            key={level}
            aria-pressed={chosen === level}
            onClick={() => void giveLevel(one.id, level)}
          >
            {word}
          </button>
        ))}
      </fieldset>
      {rating.by_teacher && (
        <button class="link-button small" type="button" onClick={() => void giveLevel(one.id, null)}>
          {t("Use the machine's level again")}
        </button>
      )}
    </div>
  );
}
