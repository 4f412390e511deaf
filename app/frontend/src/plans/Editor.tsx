/** The plan as a list of steps that can be changed and put into another order; everything is kept by itself. */
import { Icon } from "../lib/icon.tsx";
import { nt, t } from "../lib/messages.ts";
import { StepCard } from "./StepCard.tsx";
import { addStep, change, kinds, plan, planned, said, save, saving } from "./state.ts";
import type { Kind, Plan } from "./types.ts";

export function Editor() {
  return (
    <>
      <Frame />
      {plan.value.steps.length === 0 && (
        <p class="soft">{t("No steps yet. Add the first one below, for example a vote.")}</p>
      )}
      <ol class="plan-steps">
        {plan.value.steps.map((step, place) => (
          <StepCard key={step.id} step={step} place={place} />
        ))}
      </ol>
      <AddStep />
      <p class="visually-hidden" role="status">
        {said.value}
      </p>
    </>
  );
}

function Frame() {
  const { title, minutes, room } = plan.value;
  return (
    <div class="plan-frame">
      <label class="field plan-title">
        <span class="field-label">{t("Title")}</span>
        <input
          class="input"
          value={title}
          maxLength={200}
          onInput={(event) => change({ title: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span class="field-label">{t("Minutes")}</span>
        <input
          class="input input-short"
          type="number"
          min={5}
          max={300}
          value={minutes}
          onChange={(event) =>
            change({ minutes: between(event.currentTarget.valueAsNumber, 5, 300, minutes) })
          }
        />
      </label>
      <label class="field">
        <span class="field-label">{t("The room")}</span>
        <select
          class="input"
          value={room}
          onChange={(event) => change({ room: event.currentTarget.value as Plan["room"] })}
        >
          <option value="rows">{t("Rows that stay")}</option>
          <option value="tables">{t("Tables")}</option>
          <option value="open">{t("Open: one can walk about")}</option>
        </select>
      </label>
      <div class="plan-sums">
        <Sum />
        <Saved />
      </div>
    </div>
  );
}

/** A whole number within bounds; what was there before for what is none. */
export function between(given: number, least: number, most: number, before: number): number {
  return Number.isFinite(given) ? Math.max(least, Math.min(most, Math.round(given))) : before;
}

function Sum() {
  const over = planned.value - plan.value.minutes;
  const words = t("%(planned)s of %(minutes)s minutes are planned", {
    planned: planned.value,
    minutes: plan.value.minutes,
  });
  return (
    <p class="plan-sum" data-over={over > 0 ? "" : undefined}>
      <Icon name="clock" size={18} /> {words}
      {over > 0 && <> · {nt("%(num)s minute too long", "%(num)s minutes too long", over)}</>}
    </p>
  );
}

function Saved() {
  const { state, sentence } = saving.value;
  return (
    <p
      class={state === "failed" ? "field-error" : "soft small"}
      role={state === "failed" ? "alert" : undefined}
    >
      {state === "failed" && <Icon name="circle-alert" size={18} />}
      {sentence}
      {state === "failed" && (
        <button class="button button-small" type="button" onClick={() => location.reload()}>
          {t("Reload")}
        </button>
      )}
    </p>
  );
}

function AddStep() {
  return (
    <details class="menu plan-add" data-menu>
      <summary class="button">
        <Icon name="plus" /> {t("Add a step")}
      </summary>
      <div class="menu-panel menu-panel-start menu-wide">
        {(Object.keys(kinds) as Kind[]).map((kind) => (
          <button
            key={kind}
            class="menu-item plan-kind"
            type="button"
            onClick={(event) => {
              event.currentTarget.closest("details")?.removeAttribute("open");
              addStep(kind);
              void save();
            }}
          >
            <span>
              <strong>{kinds[kind].name}</strong>
              <span class="soft small">{kinds[kind].purpose}</span>
            </span>
          </button>
        ))}
      </div>
    </details>
  );
}
