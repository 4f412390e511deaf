/** Under a student's own annotation: how it was read, in words, and what would raise it. */
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { info } from "../page-info.ts";
import type { Annotation } from "../types.ts";
import { type Rating, ratings } from "./state.ts";

export function RatingLine({ one }: { one: Annotation }) {
  const rating = ratings.value.get(one.id);
  if (info.viewer.staff || !rating || rating.wording === "pending") return null;
  if (!rating.reasons.length)
    return (
      <p class="rating-line">
        <RatingWords rating={rating} />
      </p>
    );
  return (
    <details class="rating-line">
      <summary>
        <RatingWords rating={rating} /> <span class="rating-why">{t("why")}</span>
      </summary>
      <Reasons rating={rating} />
    </details>
  );
}

export function RatingWords({ rating }: { rating: Rating }) {
  return (
    <span class="rating-words" data-wording={rating.wording}>
      <Icon
        name={
          rating.wording === "thoughtful"
            ? "sparkles"
            : rating.wording === "shows_reading"
              ? "book-open"
              : rating.wording === "not_yet"
                ? "sprout"
                : "user-round"
        }
        size={16}
      />{" "}
      {rating.text}
    </span>
  );
}

export function Reasons({ rating }: { rating: Rating }) {
  return (
    <ul class="rating-reasons">
      {rating.reasons.map(({ code, text }) => (
        <li key={code}>{text}</li>
      ))}
    </ul>
  );
}
