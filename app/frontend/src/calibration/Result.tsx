/** After rating: compare, see who would move, and decide. */
import { Icon } from "../lib/icon.tsx";
import { t } from "../lib/messages.ts";
import { Differences } from "./Differences.tsx";
import { Figures } from "./Figures.tsx";
import { Moves } from "./Moves.tsx";
import { rated } from "./rating.ts";
import { busy, choose, compare, decide, state } from "./state.ts";
import type { Comparison } from "./types.ts";

export function Result({ lookAgain }: { lookAgain: () => void }) {
  const { comparison } = state.value;
  return (
    <>
      <Rated lookAgain={lookAgain} />
      {comparison && <Compared comparison={comparison} />}
    </>
  );
}

/** What can be done once everything is rated. */
function Rated({ lookAgain }: { lookAgain: () => void }) {
  const { items, enough, comparison } = state.value;
  const first = !comparison || comparison.state === "accepted";
  return (
    <section class="rated">
      <p>
        {t("You have rated %(done)s of %(total)s annotations.", { done: rated.value, total: items.length })}
      </p>
      <div class="button-row">
        <button
          class={`button${first ? " button-primary" : ""}`}
          type="button"
          disabled={busy.value || rated.value < enough}
          onClick={() => void compare()}
        >
          {comparison ? t("Compare once more") : t("See how well you agree")}
        </button>
        <button class="button" type="button" onClick={lookAgain}>
          {t("Go through them again")}
        </button>
        <button class="button" type="button" disabled={busy.value} onClick={() => void choose()}>
          <Icon name="plus" size={16} /> {t("Rate some more")}
        </button>
      </div>
    </section>
  );
}

function Compared({ comparison }: { comparison: Comparison }) {
  const { state: at, figures, moves, differences } = comparison;
  if (at === "making")
    return (
      <div class="progress section-gap" role="status">
        <div class="progress-words">
          <span>{t("Comparing, and looking who would move …")}</span>
        </div>
        <progress aria-label={t("Comparing, and looking who would move …")} />
      </div>
    );
  if (at === "too_few")
    return (
      <p class="notice section-gap">
        {t("Too few of the rated annotations still have the words that were rated. Rate some more.")}
      </p>
    );
  return (
    <>
      {figures && <Figures figures={figures} />}
      <Differences differences={differences} />
      {moves && <Moves moves={moves} done={at === "accepted"} />}
      {at === "ready" && <Decision goesBack={comparison.goes_back} />}
    </>
  );
}

function Decision({ goesBack }: { goesBack: boolean }) {
  if (!state.value.may_decide)
    return <p class="notice section-gap">{t("A teacher of the course decides whether this is used.")}</p>;
  return (
    <section class="section decision" aria-labelledby="decide">
      <h2 id="decide">{t("Nothing has changed yet")}</h2>
      <p>
        {goesBack
          ? t("If you go back, the levels change as shown above. What you gave by hand stays.")
          : t(
              "If you use it, the levels change as shown above, and new annotations follow. What you gave by hand stays. You can go back at any time, and see first who would move.",
            )}
      </p>
      <div class="button-row">
        <button
          class="button button-primary"
          type="button"
          disabled={busy.value}
          onClick={() => void decide(true)}
        >
          {goesBack ? t("Go back to the machine alone") : t("Use it in this course")}
        </button>
        <button class="button" type="button" disabled={busy.value} onClick={() => void decide(false)}>
          {t("Leave everything as it is")}
        </button>
      </div>
    </section>
  );
}
