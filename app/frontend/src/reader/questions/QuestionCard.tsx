/** A question at its place: to answer for students, with its numbers and tools for staff. */
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import { info, teacherName } from "../page-info.ts";
import { SanitisedHtml } from "../SanitisedHtml.tsx";
import { AnswerForm } from "./AnswerForm.tsx";
import { Feedback } from "./Feedback.tsx";
import { StaffTools } from "./StaffTools.tsx";
import { isSettled, outcomes, refused, sending } from "./state.ts";
import type { Question, Sending } from "./types.ts";

export function QuestionCard({ question }: { question: Question }) {
  const told = outcomes.value.get(question.id);
  const problem = refused.value.get(question.id);
  const title = `question-title-${question.id}`;
  return (
    <article
      class="question-card"
      data-question={question.id}
      data-settled={isSettled(question) || undefined}
      aria-labelledby={title}
      tabIndex={-1}
    >
      <header class="question-head">
        <Icon name="circle-help" size={18} />
        <p class="question-title" id={title}>
          {t("Question from %(teacher)s", { teacher: teacherName() })}
        </p>
        {question.required && (
          <span class="chip" data-tone="question">
            {t("required")}
          </span>
        )}
        {question.attempts > 1 && !told && !info.viewer.staff && (
          <span class="soft small">{nt("%(num)s try", "%(num)s tries", question.attempts)}</span>
        )}
      </header>
      <SanitisedHtml class="question-stem" html={question.stem_html} />
      {problem && (
        <p class="field-error" role="alert">
          <Icon name="circle-alert" size={18} />
          {problem}
        </p>
      )}
      {info.viewer.staff ? <StaffTools question={question} /> : <Answering question={question} />}
    </article>
  );
}

function Answering({ question }: { question: Question }) {
  const told = outcomes.value.get(question.id);
  const under = sending.value.get(question.id);
  if (under) return <OnItsWay question={question} under={under} />;
  return (
    <div aria-live="polite">
      {told && <Feedback question={question} told={told} />}
      {(!told || told.attempts_left > 0) && (
        <AnswerForm question={question} tried={told?.value} key={told?.attempt ?? 0} />
      )}
    </div>
  );
}

function OnItsWay({ question, under }: { question: Question; under: Sending }) {
  const option = question.options.find(({ id }) => id === under.value);
  return (
    <div class="question-feedback" aria-live="polite">
      <blockquote class="question-own">
        <span class="soft small">{t("Your answer")}</span>
        {option ? <SanitisedHtml html={option.text_html} /> : <p class="plain">{under.value}</p>}
      </blockquote>
      <p class="state-line" data-tone={under.waiting ? "problem" : undefined}>
        <Icon name={under.waiting ? "wifi-off" : "hourglass"} size={16} />
        {under.waiting ? waitingWords(under) : t("Sending…")}
      </p>
    </div>
  );
}

const waitingWords = ({ stored }: Sending): string =>
  stored
    ? t("No connection. Your answer is kept in this browser and sent by itself; you can go on.")
    : t(
        "No connection. Your answer is only in this window: leave it open, and it is sent by itself. You can go on.",
      );
