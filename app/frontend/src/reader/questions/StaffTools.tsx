/** What staff see at a question: the key, how it was answered, and what can be done with it. */
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { SanitisedHtml } from "../SanitisedHtml.tsx";
import { showAnswers } from "./Answers.tsx";
import { change } from "./asking.ts";
import { discard } from "./removing.ts";
import type { Question } from "./types.ts";
import { tallyWords } from "./words.ts";

export function StaffTools({ question }: { question: Question }) {
  return (
    <>
      {question.kind === "choice" && (
        <ul class="question-options">
          {question.options.map((option) => {
            const right = question.key?.correct.includes(option.id);
            return (
              <li key={option.id} data-right={right || undefined}>
                <Icon name={right ? "check" : "minus"} size={18} />
                <span class="question-option-text">
                  <SanitisedHtml html={option.text_html} />
                </span>
                {right && <span class="small question-option-words">{t("right")}</span>}
              </li>
            );
          })}
        </ul>
      )}
      {question.kind === "short_text" && <p class="question-own plain">{question.key?.model_answer}</p>}
      <footer class="question-foot">
        <button class="link-button small" type="button" onClick={() => void showAnswers(question)}>
          {tallyWords(question.tally)}
        </button>
        <span class="question-tools">
          <button class="deed" type="button" onClick={() => change(question)}>
            <Icon name="pencil" size={18} /> {t("Edit")}
          </button>
          <button class="deed" type="button" onClick={() => discard(question)}>
            <Icon name="trash-2" size={18} /> {t("Delete")}
          </button>
        </span>
      </footer>
    </>
  );
}
