/** What stands in a step: its words, whose words, its question, what is needed. */
import { t } from "../lib/messages.ts";
import { QuestionPart } from "./QuestionPart.tsx";
import { changeStep, kinds } from "./state.ts";
import type { Step } from "./types.ts";
import { Voices } from "./Voices.tsx";

export function StepFields({ step }: { step: Step }) {
  return (
    <details class="plan-fields" open={false}>
      <summary dir="auto">{step.prompt || t("What the class is told to do")}</summary>
      <div class="form">
        <label class="field">
          <span class="field-label">{t("A title of your own")}</span>
          <input
            class="input"
            value={step.title}
            maxLength={200}
            placeholder={kinds[step.kind].name}
            onInput={(event) => changeStep(step.id, { title: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          <span class="field-label">{t("What the class is told to do")}</span>
          <textarea
            class="input"
            rows={3}
            maxLength={4000}
            value={step.prompt}
            onInput={(event) => changeStep(step.id, { prompt: event.currentTarget.value })}
          />
        </label>
        <Voices step={step} />
        <QuestionPart step={step} />
        <label class="field">
          <span class="field-label">{t("You need")}</span>
          <input
            class="input"
            value={step.materials}
            maxLength={600}
            onInput={(event) => changeStep(step.id, { materials: event.currentTarget.value })}
          />
        </label>
      </div>
    </details>
  );
}
