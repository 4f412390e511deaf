/** A student's annotations, each with how it was read, why, and the words that mattered. */
import { t } from "../../lib/messages.ts";
import { teacherName } from "../page-info.ts";
import { annotations, isMine, threadOf } from "../state.ts";
import { activate } from "../threads/activate.ts";
import { AppealBox } from "./AppealBox.tsx";
import { RatingWords, Reasons } from "./RatingLine.tsx";
import { type Rating, ratings } from "./state.ts";

export function OwnRatings({ close }: { close: () => void }) {
  const own = [...ratings.value.values()].filter(({ annotation_id }) => {
    const one = annotations.value.get(annotation_id);
    return one && isMine(one) && !one.deleted;
  });
  return (
    <>
      <p class="soft">
        {t("What you read here helps you to go on; %(teacher)s decides what counts.", {
          teacher: teacherName(),
        })}
      </p>
      <ul class="list ratings-list">
        {own.map((rating) => (
          <Own rating={rating} close={close} key={rating.annotation_id} />
        ))}
      </ul>
    </>
  );
}

function Own({ rating, close }: { rating: Rating; close: () => void }) {
  const one = annotations.value.get(rating.annotation_id);
  if (!one) return null;
  const show = () => {
    close();
    activate(threadOf(one), { scroll: true, focus: true });
  };
  return (
    <li>
      <p class="ratings-body plain">
        <Marked text={one.body} marks={rating.marks} />
      </p>
      <p class="rating-told">
        <RatingWords rating={rating} />{" "}
        <button class="link-button small" type="button" onClick={show}>
          {t("Show it")}
        </button>
      </p>
      <Reasons rating={rating} />
      <AppealBox rating={rating} />
    </li>
  );
}

/** The words with those that mattered marked; offsets count code points. */
function Marked({ text, marks }: { text: string; marks: Rating["marks"] }) {
  const points = [...text];
  const parts: preact.ComponentChildren[] = [];
  let at = 0;
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (start < at) continue;
    parts.push(
      points.slice(at, start).join(""),
      <mark class="rating-mark" key={start}>
        {points.slice(start, end).join("")}
      </mark>,
    );
    at = end;
  }
  return (
    <>
      {parts}
      {points.slice(at).join("")}
    </>
  );
}
