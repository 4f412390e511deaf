/** Where a student answers. The button that sends the answer says how sure they are. */
import { useState } from "preact/hooks";
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { recall, remember } from "../../lib/storage.ts";
import { info } from "../page-info.ts";
import { SanitisedHtml } from "../SanitisedHtml.tsx";
import { answer } from "./outbox.ts";
import { mayAnswer } from "./state.ts";
import type { Confidence, Question } from "./types.ts";
import { confidences } from "./words.ts";

export function AnswerForm({ question, tried }: { question: Question; tried?: string | undefined }) {
  const draft = `answer:${info.viewer.id}:${question.id}`;
  const [value, setValue] = useState(question.kind === "short_text" ? (recall(draft) ?? "") : "");
  const [missing, setMissing] = useState(false);
  const change = (words: string) => {
    setValue(words);
    setMissing(false);
    if (question.kind === "short_text") remember(draft, words);
  };
  const send = (confidence: Confidence) => {
    if (!value.trim()) return setMissing(true);
    remember(draft, "");
    void answer(question, value, confidence);
  };
  const problem = `missing-${question.id}`;
  return (
    <form class="question-form" onSubmit={(event) => event.preventDefault()}>
      <Fields
        question={question}
        value={value}
        tried={tried}
        problem={missing ? problem : undefined}
        change={change}
      />
      {missing && (
        <p class="field-error" id={problem} role="alert">
          <Icon name="circle-alert" size={18} />
          {question.kind === "choice" ? t("Choose one of the options first.") : t("Write a few words first.")}
        </p>
      )}
      {mayAnswer() ? <Send send={send} /> : <p class="soft small">{whyNot()}</p>}
    </form>
  );
}

type FieldsProps = {
  question: Question;
  value: string;
  tried: string | undefined;
  problem: string | undefined;
  change: (words: string) => void;
};

function Fields({ question, value, tried, problem, change }: FieldsProps) {
  if (question.kind === "short_text")
    return (
      <textarea
        class="input question-words"
        aria-label={t("Your answer")}
        aria-describedby={problem}
        aria-invalid={problem ? "true" : undefined}
        maxLength={5000}
        value={value}
        disabled={!mayAnswer()}
        onInput={(event) => change(event.currentTarget.value)}
      />
    );
  return (
    <fieldset class="checks" aria-describedby={problem}>
      <legend class="visually-hidden">{t("Options")}</legend>
      {question.options.map((option) => (
        <label class="check question-option" key={option.id}>
          <input
            type="radio"
            name={`question-${question.id}`}
            value={option.id}
            checked={value === option.id}
            disabled={!mayAnswer()}
            onChange={() => change(option.id)}
          />
          <span>
            <SanitisedHtml html={option.text_html} />
            {option.id === tried && <span class="soft small">{t("you chose this before")}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Send({ send }: { send: (confidence: Confidence) => void }) {
  return (
    <fieldset class="question-send" aria-label={t("Send my answer. How sure are you?")}>
      <span class="question-send-label" aria-hidden="true">
        {t("Answer:")}
      </span>
      {confidences().map(([confidence, word]) => (
        <button
          class="button"
          type="button"
          key={confidence}
          data-confidence={confidence}
          onClick={() => send(confidence)}
        >
          {word}
        </button>
      ))}
    </fieldset>
  );
}

function whyNot(): string {
  if (info.viewer.previewing)
    return t("This is how students see it. They answer with one of: Sure, Unsure, Guessing.");
  if (info.assignment.state === "closed") return t("This assignment is closed; nothing more is taken.");
  return t("Students answer here.");
}
