/** Which question a step puts to the class: one of the document's, one of one's own, or none. */
import { nt, t } from "../lib/messages.ts";
import { changeStep, plan } from "./state.ts";
import type { OwnQuestion, Question, Step } from "./types.ts";

const OWN = "own";
const EMPTY: OwnQuestion = { stem: t("Your question"), options: [t("Yes"), t("No")], right: [] };

export function QuestionPart({ step }: { step: Step }) {
  const value = step.question ? OWN : (step.question_id ?? "");
  const choose = (chosen: string) => {
    const embedded = chosen && chosen !== OWN ? chosen : null;
    changeStep(step.id, {
      question_id: embedded,
      question: chosen === OWN ? (step.question ?? EMPTY) : null,
    });
  };
  return (
    <>
      <label class="field">
        <span class="field-label">{t("A question to vote on")}</span>
        <select class="input" value={value} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{t("None")}</option>
          {plan.value.questions.map((question) => (
            <option key={question.id} value={question.id}>
              {labelOf(question)}
            </option>
          ))}
          <option value={OWN}>{t("One of my own")}</option>
        </select>
      </label>
      {step.question && <Own step={step} question={step.question} />}
    </>
  );
}

function labelOf({ stem, answered, right_count }: Question): string {
  const short = stem.length > 70 ? `${stem.slice(0, 69)}…` : stem;
  if (!answered) return short;
  return `${short} (${nt("%(right)s of %(num)s right", "%(right)s of %(num)s right", answered, { right: right_count })})`;
}

function Own({ step, question }: { step: Step; question: OwnQuestion }) {
  const keep = (part: Partial<OwnQuestion>) => changeStep(step.id, { question: { ...question, ...part } });
  return (
    <fieldset class="plan-question">
      <legend>{t("Your question")}</legend>
      <label class="field">
        <span class="field-label">{t("Question")}</span>
        <textarea
          class="input"
          rows={2}
          maxLength={1000}
          value={question.stem}
          onInput={(event) => keep({ stem: event.currentTarget.value })}
        />
      </label>
      {question.options.map((text, place) => (
        <div class="recheck-option" key={place}>
          <input
            type="checkbox"
            aria-label={t("Option %(n)s is right", { n: place + 1 })}
            checked={question.right.includes(place)}
            onChange={(event) => keep({ right: ticked(question.right, place, event.currentTarget.checked) })}
          />
          <input
            class="input"
            aria-label={t("Option %(n)s", { n: place + 1 })}
            maxLength={300}
            value={text}
            onInput={(event) =>
              keep({ options: replaced(question.options, place, event.currentTarget.value) })
            }
          />
        </div>
      ))}
      <div class="button-row">
        <button
          class="button button-small"
          type="button"
          disabled={question.options.length >= 8}
          onClick={() => keep({ options: [...question.options, t("Another option")] })}
        >
          {t("One more option")}
        </button>
        <button
          class="button button-small"
          type="button"
          disabled={question.options.length <= 2}
          onClick={() => keep(withoutLast(question))}
        >
          {t("One option fewer")}
        </button>
      </div>
    </fieldset>
  );
}

function ticked(right: number[], place: number, on: boolean): number[] {
  const rest = right.filter((one) => one !== place);
  return on ? [...rest, place].sort((a, b) => a - b) : rest;
}

function withoutLast({ options, right }: OwnQuestion): Partial<OwnQuestion> {
  const last = options.length - 1;
  return { options: options.slice(0, last), right: right.filter((place) => place !== last) };
}

const replaced = (list: string[], place: number, text: string): string[] =>
  list.map((one, here) => (here === place ? text : one));
