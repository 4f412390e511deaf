/** One step at a time, in letters for the last row. */
import { Icon } from "../lib/icon.tsx";
import { t } from "../lib/messages.ts";
import { leave } from "./keys.ts";
import { Panels } from "./Panels.tsx";
import { Question } from "./Question.tsx";
import { at, go, kinds, plan, questionOf, step, toggle } from "./state.ts";
import { clock, left, startOrStop, ticking } from "./timer.ts";

export function Present() {
  const now = step.value;
  if (!now) return <Empty />;
  return (
    <div class="present">
      <article class="present-step" aria-live="polite">
        <p class="present-eyebrow" dir="auto">
          {plan.topics
            .filter((topic) => now.topics.includes(topic.key) && !topic.gone)
            .map((topic) => topic.label)
            .join(" · ")}
        </p>
        <h1 dir="auto">{now.title || kinds[now.kind].name}</h1>
        {now.prompt && (
          <p class="present-prompt" dir="auto">
            {now.prompt}
          </p>
        )}
        <Words />
        {questionOf(now) && <Question step={now} />}
      </article>
      <Panels />
      <Bar />
    </div>
  );
}

function Empty() {
  return (
    <div class="present">
      <p class="present-prompt">{t("This plan has no steps yet.")}</p>
      <button class="button" type="button" onClick={leave}>
        {t("Back to the plan")}
      </button>
    </div>
  );
}

/** In our words first; pupils' own only where their authors said yes (the server sends no others). */
function Words() {
  const now = step.value;
  const allowed = new Map(plan.voices.map((voice) => [voice.id, voice.text]));
  const quotes = now?.voices.map((id) => allowed.get(id)).filter(Boolean) ?? [];
  return (
    <>
      {now?.in_our_words && (
        <blockquote class="present-words" dir="auto">
          {now.in_our_words}
        </blockquote>
      )}
      {quotes.map((text) => (
        <blockquote class="present-words" dir="auto" key={text}>
          “{text}”
        </blockquote>
      ))}
    </>
  );
}

function Bar() {
  const number = t("Step %(number)s of %(all)s", { number: at.value + 1, all: plan.steps.length });
  return (
    <div class="present-bar" role="toolbar" aria-label={t("The plan on the wall")}>
      <button
        class="button button-icon"
        type="button"
        aria-label={t("Step before")}
        disabled={at.value === 0}
        onClick={() => go(-1)}
      >
        <Icon name="chevron-left" />
      </button>
      <span class="present-number">{number}</span>
      <button
        class="button button-icon"
        type="button"
        aria-label={t("Next step")}
        disabled={at.value === plan.steps.length - 1}
        onClick={() => go(1)}
      >
        <Icon name="chevron-right" />
      </button>
      <button
        class="button present-clock"
        type="button"
        aria-pressed={ticking.value}
        aria-label={t("Time left: %(time)s. Start or stop", { time: clock(left.value) })}
        data-over={left.value < 0 ? "" : undefined}
        onClick={startOrStop}
      >
        {ticking.value ? <Icon name="pause" size={18} /> : <Icon name="play" size={18} />} {clock(left.value)}
      </button>
      <span class="present-space" />
      {plan.groups.length > 0 && (
        <button class="button button-small" type="button" onClick={() => toggle("groups")}>
          <Icon name="users" size={18} /> {t("Groups")}
        </button>
      )}
      <button class="button button-small" type="button" onClick={() => toggle("notes")}>
        <Icon name="pencil" size={18} /> {t("Note")}
      </button>
      <button class="button button-icon" type="button" aria-label={t("Keys")} onClick={() => toggle("keys")}>
        <Icon name="keyboard" />
      </button>
      <button class="button button-icon" type="button" aria-label={t("Leave")} onClick={leave}>
        <Icon name="x" />
      </button>
    </div>
  );
}
