/** In the menu of a student's annotation, for staff: its level with the reasons, and three buttons to give another. */
import { useState } from "preact/hooks";
import { t } from "../../lib/messages.ts";
import { info } from "../page-info.ts";
import { roster } from "../state.ts";
import type { Annotation } from "../types.ts";
import { Reasons } from "./RatingLine.tsx";
import { StaffSigns } from "./Signs.tsx";
import { giveLevel, type Level, type Rating, ratings } from "./state.ts";

const LEVELS = (): [Level, string][] => [
  [0, t("not yet")],
  [1, t("shows reading")],
  [2, t("thoughtful")],
];

export function RatingMenu({ one }: { one: Annotation }) {
  const rating = ratings.value.get(one.id);
  const role = one.creator ? roster.value.get(one.creator)?.role : "student";
  if (!info.viewer.staff || !rating || (role && role !== "student")) return null;
  return (
    <div class="rating-menu">
      <p class="small">{whoRead(rating)}</p>
      <Reasons rating={rating} />
      {rating.appeal?.state === "open" && (
        <p class="small">
          <a href={`/courses/${info.course.id}/calibration`}>
            {t("The student asks for a second look: answer")}
          </a>
        </p>
      )}
      <Giving rating={rating} />
      <StaffSigns one={one} />
    </div>
  );
}

const whoRead = ({ source, wording, text }: Rating): string => {
  if (source === "teacher") return t("Read by you: %(words)s", { words: text });
  if (wording === "pending") return t("Not read yet");
  if (source === "none") return t("Not rated by machine, please read it");
  return t("Read by machine: %(words)s", { words: text });
};

/** Three buttons, and a note that the student reads beside the level. */
function Giving({ rating }: { rating: Rating }) {
  const [note, setNote] = useState(rating.note);
  const chosen = rating.source === "none" ? null : rating.level;
  const id = rating.annotation_id;
  return (
    <>
      <input
        class="input small"
        type="text"
        maxLength={500}
        value={note}
        placeholder={t("A note to the student, if you like")}
        aria-label={t("A note to the student, if you like")}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <fieldset class="rating-levels" aria-label={t("Give it a level yourself")}>
        {LEVELS().map(([level, word]) => (
          <button
            class="chip"
            type="button"
            key={level}
            aria-pressed={chosen === level}
            onClick={() => void giveLevel(id, level, note)}
          >
            {word}
          </button>
        ))}
      </fieldset>
      {rating.by_teacher && (
        <button class="link-button small" type="button" onClick={() => void giveLevel(id, null)}>
          {t("Use the machine's level again")}
        </button>
      )}
    </>
  );
}
