/** Fitting the ratings of a course to its teacher: appeals, rating blind, comparing, deciding. */
import { Icon } from "../lib/icon.tsx";
import { nt, t } from "../lib/messages.ts";
import { absolute } from "../lib/time.ts";
import { Appeals } from "./Appeals.tsx";
import { RateOne } from "./RateOne.tsx";
import { Result } from "./Result.tsx";
import { here, place, startAtFirstOpen } from "./rating.ts";
import { busy, choose, compare, state } from "./state.ts";

export function Calibration() {
  const { items } = state.value;
  const lookAgain = () => {
    place.value = 0;
  };
  return (
    <>
      <Appeals />
      <section class="section" aria-labelledby="fit">
        <h2 id="fit">{t("Fit the ratings to your course")}</h2>
        <InForce />
        {items.length === 0 ? <Begin /> : here.value ? <RateOne /> : <Result lookAgain={lookAgain} />}
      </section>
      {items.length > 0 && <Raters />}
    </>
  );
}

function InForce() {
  const { in_force: kept, is_calibrated, enough, items, may_decide, comparison } = state.value;
  if (!kept)
    return is_calibrated ? (
      <p class="soft">
        {t("At least %(enough)s annotations are rated, so quality may count as points here.", { enough })}
      </p>
    ) : items.length ? (
      <p class="soft">
        {t(
          "Until %(enough)s annotations are rated here, quality is feedback in this course, and no points.",
          {
            enough,
          },
        )}
      </p>
    ) : null;
  return (
    <div class="notice" data-tone={kept.is_old ? "question" : "solved"}>
      <Icon name={kept.is_old ? "triangle-alert" : "circle-check"} />
      <div>
        <p>
          {kept.is_old
            ? t(
                "The machine was renewed since these ratings were fitted, so they follow the machine alone. Compare once more.",
              )
            : t(
                "The ratings of this course are fitted: %(name)s accepted it on %(date)s, from %(count)s ratings.",
                {
                  name: kept.accepted_by,
                  date: absolute(kept.accepted_at),
                  count: kept.ratings,
                },
              )}
        </p>
        {may_decide && !(comparison?.goes_back && comparison.state !== "accepted") && (
          <button
            class="link-button small"
            type="button"
            disabled={busy.value}
            onClick={() => void compare(true)}
          >
            {t("See who would move without it")}
          </button>
        )}
      </div>
    </div>
  );
}

/** Before the first rating: what this is for, and what it takes. */
function Begin() {
  const { candidates, enough } = state.value;
  const few = candidates < enough;
  const begin = async () => {
    if (await choose()) startAtFirstOpen();
  };
  return (
    <div class="empty">
      <Icon name="scale" />
      <h3>{t("Does the machine see what you see?")}</h3>
      <p>
        {t(
          "You rate two dozen annotations without names and without knowing what the machine says: 0, 1 or 2, about ten minutes. Then you see how well you agree, and how it would be if the machine were fitted to you. You decide; until then nothing changes.",
        )}
      </p>
      {few ? (
        <p class="empty-example">
          {nt(
            "So far there is %(num)s annotation that could be chosen; %(enough)s are needed.",
            "So far there are %(num)s annotations that could be chosen; %(enough)s are needed.",
            candidates,
            { enough },
          )}
        </p>
      ) : (
        <button
          class="button button-primary"
          type="button"
          disabled={busy.value}
          onClick={() => void begin()}
        >
          {t("Choose annotations for me")}
        </button>
      )}
    </div>
  );
}

function Raters() {
  const { raters, items } = state.value;
  const others = raters.filter((one) => !one.me && one.rated > 0);
  if (!others.length) return null;
  return (
    <section class="section">
      <h2>{t("Who has rated")}</h2>
      <ul class="list">
        {others.map((one) => (
          <li key={one.name}>
            {t("%(name)s: %(done)s of %(total)s", { name: one.name, done: one.rated, total: items.length })}
          </li>
        ))}
      </ul>
    </section>
  );
}
