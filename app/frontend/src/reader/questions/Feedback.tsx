/** After the answer: what was right, why, how the others answered; for a short text how one did oneself. */
import { ApiError, api } from "../../lib/api.ts";
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import { toast } from "../../lib/toast.ts";
import { SanitisedHtml } from "../SanitisedHtml.tsx";
import { Others } from "./Others.tsx";
import { mayAnswer, putOutcome } from "./state.ts";
import type { Outcome, Question, SelfCheck } from "./types.ts";
import { confidences, selfChecks, wordOf } from "./words.ts";

type Props = { question: Question; told: Outcome };

export function Feedback({ question, told }: Props) {
  return (
    <div class="question-feedback">
      {told.attempts_left === 0 && question.kind === "choice" && <Chosen question={question} told={told} />}
      {question.kind === "short_text" && (
        <blockquote class="question-own">
          <span class="soft small">{t("Your answer")}</span>
          <p class="plain">{told.value}</p>
        </blockquote>
      )}
      <Verdict told={told} />
      {told.feedback_html && <SanitisedHtml class="question-said" html={told.feedback_html} />}
      {told.model_answer_html && (
        <div class="question-model">
          <p class="question-sub">{t("A good answer")}</p>
          <SanitisedHtml html={told.model_answer_html} />
        </div>
      )}
      {question.kind === "short_text" && <OwnJudgement told={told} />}
      {told.explanation_html && (
        <div class="question-model">
          <p class="question-sub">{t("Why")}</p>
          <SanitisedHtml html={told.explanation_html} />
        </div>
      )}
      {told.others && <Others question={question} told={told} />}
    </div>
  );
}

function Verdict({ told }: { told: Outcome }) {
  const sure = wordOf(confidences(), told.confidence).toLowerCase();
  const said = sure ? ` ${t("You said: %(sure)s.", { sure })}` : "";
  if (told.correct === null || told.self_check) return said ? <p class="soft small">{said.trim()}</p> : null;
  const tone = told.correct ? "solved" : "question";
  const left = nt("You can try once more.", "You can try %(num)s more times.", told.attempts_left);
  return (
    <p class="question-verdict" data-tone={tone}>
      <Icon name={told.correct ? "circle-check" : "circle-x"} />
      <span>
        <strong>{told.correct ? t("Right.") : t("Not right.")}</strong>
        {said} {told.attempts_left > 0 && left}
      </span>
    </p>
  );
}

/** All options, with words and signs beside the colour. */
function Chosen({ question, told }: Props) {
  return (
    <ul class="question-options">
      {question.options.map((option) => {
        const right = told.right_options.includes(option.id);
        const mine = told.value === option.id;
        return (
          <li key={option.id} data-right={right || undefined} data-mine={mine || undefined}>
            <Icon name={right ? "check" : mine ? "x" : "minus"} size={18} />
            <span class="question-option-text">
              <SanitisedHtml html={option.text_html} />
            </span>
            {(right || mine) && (
              <span class="small question-option-words">
                {[mine && t("your answer"), right && t("right")].filter(Boolean).join(" · ")}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function OwnJudgement({ told }: { told: Outcome }) {
  const say = async (self_check: SelfCheck) => {
    try {
      putOutcome(
        await api<Outcome>(`/questions/${told.question_id}/answers/mine`, {
          method: "PUT",
          body: { self_check },
        }),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(error.message, { tone: "danger" });
    }
  };
  return (
    <fieldset class="question-send" aria-label={t("How was your answer?")}>
      <span class="question-send-label" aria-hidden="true">
        {t("How was your answer?")}
      </span>
      {selfChecks().map(([value, word]) => (
        <button
          class="button"
          type="button"
          key={value}
          aria-pressed={told.self_check === value}
          disabled={!mayAnswer()}
          onClick={() => void say(value)}
        >
          {word}
        </button>
      ))}
    </fieldset>
  );
}
