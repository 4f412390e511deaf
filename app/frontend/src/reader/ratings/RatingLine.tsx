/** Under a student's own annotation: how it was read, in words, what counted, what would raise it, and a second look. */
import { useEffect } from "preact/hooks";
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { info, teacherName } from "../page-info.ts";
import { isMine } from "../state.ts";
import type { Annotation } from "../types.ts";
import { AppealBox } from "./AppealBox.tsx";
import { hideMarks, showMarks } from "./marking.ts";
import { OwnSigns } from "./Signs.tsx";
import { type Rating, type Reason, ratings } from "./state.ts";

export function RatingLine({ one }: { one: Annotation }) {
  const rating = ratings.value.get(one.id);
  // Marks must not outlive the thread that they are shown in.
  useEffect(() => () => hideMarks(one.id), [one.id]);
  if (info.viewer.staff) return null;
  return (
    <>
      {rating && rating.wording !== "pending" && <Line one={one} rating={rating} />}
      {isMine(one) && !one.deleted && <OwnSigns one={one} />}
    </>
  );
}

function Line({ one, rating }: { one: Annotation; rating: Rating }) {
  const more = rating.reasons.length > 0 || rating.note || rating.may_appeal || rating.appeal;
  if (!more)
    return (
      <p class="rating-line">
        <RatingWords rating={rating} />
      </p>
    );
  return (
    <details
      class="rating-line"
      onToggle={(event) => (event.currentTarget.open ? showMarks(one, rating.marks) : hideMarks(one.id))}
    >
      <summary>
        <RatingWords rating={rating} /> <span class="rating-why">{t("why")}</span>
        {rating.appeal && rating.appeal.state !== "open" && <span class="chip">{t("answered")}</span>}
      </summary>
      <Reasons rating={rating} />
      <AppealBox rating={rating} />
    </details>
  );
}

const ICONS = {
  thoughtful: "sparkles", // icon
  shows_reading: "book-open", // icon
  not_yet: "sprout", // icon
  read_by_teacher: "user-round", // icon
  pending: "user-round", // icon
};

export function RatingWords({ rating }: { rating: Rating }) {
  return (
    <span class="rating-words" data-wording={rating.wording}>
      <Icon name={ICONS[rating.wording]} size={16} /> {rating.text}
    </span>
  );
}

/** What counted and what would raise it; or, where a teacher read it, what they wrote. */
export function Reasons({ rating }: { rating: Rating }) {
  const of = (kind: Reason["kind"]) => rating.reasons.filter((reason) => reason.kind === kind);
  return (
    <>
      {rating.source === "teacher" && rating.note && (
        <p class="rating-note">
          {t("%(teacher)s wrote:", { teacher: teacherName() })} <q dir="auto">{rating.note}</q>
        </p>
      )}
      {rating.source === "course" && (
        <p class="small soft">{t("The machine's rating, fitted to how this course is read.")}</p>
      )}
      {rating.wording === "read_by_teacher" ? (
        <Unrated rating={rating} />
      ) : (
        <>
          <List title={t("What counted")} of={of("counted")} />
          <List title={t("What would raise it")} of={of("missing")} />
        </>
      )}
    </>
  );
}

/** In a language that the model does not know: said as what it is, and not as something that is missing. */
const Unrated = ({ rating }: { rating: Rating }) => (
  <p class="small soft">
    {rating.reasons.map(({ text }) => `${text} `)}
    {t("It was not rated by machine. That is not a low rating, and costs nothing.")}
  </p>
);

const List = ({ title, of }: { title: string; of: Reason[] }) =>
  of.length ? (
    <>
      <p class="rating-heading">{title}</p>
      <ul class="rating-reasons">
        {of.map(({ code, text }) => (
          <li key={code}>{text}</li>
        ))}
      </ul>
    </>
  ) : null;
