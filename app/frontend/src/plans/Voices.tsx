/** The students' own words at a step: which of them stay, and what stands on the wall instead. */
import { t } from "../lib/messages.ts";
import { changeStep, plan } from "./state.ts";
import type { Step } from "./types.ts";

export function Voices({ step }: { step: Step }) {
  const words = new Map(plan.value.voices.map((voice) => [voice.id, voice]));
  const here = step.voices.filter((id) => words.has(id));
  return (
    <>
      {here.length > 0 && (
        <fieldset class="checks">
          <legend>{t("In the students’ own words")}</legend>
          {here.map((id) => (
            <div class="plan-voice" key={id}>
              <blockquote dir="auto">{words.get(id)?.text}</blockquote>
              <button
                class="button button-small"
                type="button"
                onClick={() => changeStep(step.id, { voices: step.voices.filter((one) => one !== id) })}
              >
                {t("Leave out")}
              </button>
            </div>
          ))}
          <p class="field-hint">{t("Here for you. On the wall and on paper only with the author’s yes.")}</p>
        </fieldset>
      )}
      <label class="field">
        <span class="field-label">{t("In our words")}</span>
        <input
          class="input"
          value={step.in_our_words}
          maxLength={600}
          onInput={(event) => changeStep(step.id, { in_our_words: event.currentTarget.value })}
        />
        <span class="field-hint">
          {t("The class’s question as you would put it; it stands on the wall.")}
        </span>
      </label>
    </>
  );
}
